"""Render: a view becomes text; a pure function that sees no file, clock or other output."""
