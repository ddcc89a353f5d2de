"""Plan: every output of the site as data, before anything is drawn."""
