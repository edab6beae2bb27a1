"""Publication: what the facts stored say, written where pages, commands and the API read it. The last act of every command that stores facts."""

from pipeline.publication.publish import publication_inputs, publish, publish_where

__all__ = ["publication_inputs", "publish", "publish_where"]
