"""Model: what the site consists of at one moment; nothing here knows of pages or templates."""
