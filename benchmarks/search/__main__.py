"""`python -m benchmarks.search`."""

from .measure import main

raise SystemExit(main())
