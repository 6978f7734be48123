"""What Alembic runs: the migrations not yet done, in the transaction of the connection it is handed."""

from __future__ import annotations

from alembic import context

from csconsole.journal.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite alters tables by rebuilding them
)
with context.begin_transaction():
    context.run_migrations()
