"""Read: files become typed values that know their places; nothing here knows of the site."""
