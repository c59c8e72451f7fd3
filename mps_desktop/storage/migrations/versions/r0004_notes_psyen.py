"""The psyEN's compartment: its wrapped key and its sealed notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables, empty: a compartment begins when the psyEN chooses a password."""
    op.create_table(
        "cle_psyen",
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("memoire_kio", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("fils", sa.Integer(), nullable=False),
        sa.Column("sel", sa.LargeBinary(), nullable=False),
        sa.Column("cle", sa.LargeBinary(), nullable=False),
        sa.Column("sceau", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("type", name="pk_cle_psyen"),
    )
    op.create_table(
        "note_psyen",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("eleve_id", sa.Integer(), nullable=False),
        sa.Column("contenu", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note_psyen"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_note_psyen_eleve_id_eleve", ondelete="CASCADE"),
    )
    op.create_index("ix_note_psyen_eleve_id", "note_psyen", ["eleve_id"])


def downgrade() -> None:
    """Drop the notes, then the key that opened them."""
    op.drop_table("note_psyen")
    op.drop_table("cle_psyen")
