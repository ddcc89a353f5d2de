"""Commands: one module each, with `add_options(parser)` and `run(options) -> exit status`."""
