"""The teacher's opinions with their reasons, the attendus read, and the dated state of a class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COMPTES = (
    "effectif",
    "jalons_atteints",
    "sans_voeu",
    "sans_securisant",
    "nb_ambitieux",
    "nb_realiste",
    "nb_securisant",
    "nb_insuffisant",
    "ecarts_declares",
)


def upgrade() -> None:
    """Create the three tables; nothing that was there moves."""
    op.create_table(
        "avis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eleve_id", sa.Integer(), nullable=False),
        sa.Column("voeu_id", sa.String(20), nullable=False),
        sa.Column("classe", sa.String(20)),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("auteur", sa.String(200), nullable=False),
        sa.Column("jour", sa.Date()),
        sa.Column("enregistre", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_avis"),
        sa.CheckConstraint("length(motif) <= 500", name="ck_avis_motif_court"),
        sa.CheckConstraint("classe IN ('A+', 'A', 'B')", name="ck_avis_classeenseignant"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_avis_eleve_id_eleve", ondelete="CASCADE"),
    )
    op.create_index("ix_avis_eleve_id", "avis", ["eleve_id"])
    op.create_table(
        "bilan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("classe", sa.String(100), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COMPTES),
        sa.PrimaryKeyConstraint("id", name="pk_bilan"),
        sa.UniqueConstraint("classe", "jour", name="uq_bilan_classe_jour"),
        sa.CheckConstraint("effectif >= 0", name="ck_bilan_effectif_positif"),
    )

    op.create_table(
        "attendus_lus",
        sa.Column("eleve_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("formation_id", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("eleve_id", "formation_id", name="pk_attendus_lus"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_attendus_lus_eleve_id_eleve", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Drop the three tables."""
    op.drop_table("attendus_lus")
    op.drop_table("bilan")
    op.drop_table("avis")
