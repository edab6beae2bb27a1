"""What changed between two revisions of the extractors over a corpus: gains, losses, changes and time. See docs/khac-biet.md."""
