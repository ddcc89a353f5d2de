"""`python -m softsite`."""

import sys

from softsite.cli import main

if __name__ == "__main__":
    sys.exit(main())
