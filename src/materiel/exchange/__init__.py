"""Out and in: one file a format."""
