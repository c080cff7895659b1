"""One function per button; `app.catalogue` declares each and says where it is."""
