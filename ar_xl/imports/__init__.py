"""Foreign files to draft rows and findings. Nothing is posted here."""
