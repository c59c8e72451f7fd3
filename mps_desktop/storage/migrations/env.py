"""Read by Alembic: run the revisions on the connection that ``migrate`` hands over."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,  # SQLite changes a table by rebuilding it
    transactional_ddl=True,  # our connections open real transactions, tables included
)
with context.begin_transaction():
    context.run_migrations()
