"""The shared words: what a procedure, a document, a citation, an effect and a finding are."""

__version__ = "0.1.0"
