"""A home of everything, as large as the country: what the speeds and sizes of `rasoat` are measured on.

What publishers and offices give is generated, with the bytes they would send: every answer lies in the archive and the rows are those
that the readers make of it, so that whatever is derived, published or verified there is done as in life.
"""
