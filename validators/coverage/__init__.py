"""The coverage matrix: unit × procedure × channel, what was seen, since when, and what follows from it."""
