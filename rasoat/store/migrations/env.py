"""Alembic's entry: runs on the connection the store opened."""

from alembic import context

from rasoat.store import published_schema, said_schema, schema

assert published_schema.metadata is said_schema.metadata is schema.metadata  # with their tables in it
context.configure(connection=context.config.attributes["connection"], target_metadata=schema.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
