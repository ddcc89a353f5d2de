"""`python -m tests.bench` is `python -m tests.bench.bench`."""

import sys

from tests.bench.bench import main

sys.exit(main())
