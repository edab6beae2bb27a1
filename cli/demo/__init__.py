"""A small publisher with content of our own: what `rasoat demo` crawls, in the real publishers' formats."""
