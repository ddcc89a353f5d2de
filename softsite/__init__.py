"""softsite: a static site generator for county newsrooms (软环境)."""

__version__ = "0.1.0"
