"""Steps: what a build does one after the other; each fills in what the next one needs."""
