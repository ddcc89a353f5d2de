"""`python -m tests.audit` is `python -m tests.audit.audit`."""

import sys

from tests.audit.audit import main

sys.exit(main())
