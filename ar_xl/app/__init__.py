"""One function per button, the life of a command, the command registry, wording of messages."""
