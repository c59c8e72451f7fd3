"""Decisions of the conseil de classe, and whether the next action of a meeting was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty, and the column: nothing is known to be done."""
    op.add_column("entretien", sa.Column("suite_faite", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "decision_conseil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eleve_id", sa.Integer(), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("conseil", sa.String(100), nullable=False),
        sa.Column("avis", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("auteur", sa.String(200), nullable=False),
        sa.Column("cree", sa.DateTime(), nullable=False),
        sa.Column("modifie", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision_conseil"),
        sa.CheckConstraint("length(avis) <= 3999", name="ck_decision_conseil_avis_court"),
        sa.CheckConstraint("length(decision) <= 3999", name="ck_decision_conseil_decision_courte"),
        sa.ForeignKeyConstraint(
            ["eleve_id"], ["eleve.id"], name="fk_decision_conseil_eleve_id_eleve", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_conseil_eleve_id", "decision_conseil", ["eleve_id"])


def downgrade() -> None:
    """Drop both. The column by itself: making the table anew would lose the numbers that it never gives twice."""
    op.drop_table("decision_conseil")
    op.drop_column("entretien", "suite_faite")
