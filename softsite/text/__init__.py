"""Text: pure functions on text; nothing here knows of files or of the site."""
