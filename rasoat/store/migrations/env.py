"""Alembic's entry: runs on the connection the store opened."""

from alembic import context

from rasoat.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
