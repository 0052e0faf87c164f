"""The published files on disk: found, compared, written whole or not at all."""
