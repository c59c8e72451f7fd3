"""School year of the classes, who and what in the journal, and the meetings with students."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AOUT = 8  # a school year is counted from 1 August on


def upgrade() -> None:
    """Add the columns and the table; each class gets the school year in which its first student was added."""
    op.add_column("classe", sa.Column("annee", sa.String(9), server_default="", nullable=False))
    op.add_column("journal", sa.Column("utilisateur", sa.String(200), server_default="", nullable=False))
    op.add_column("journal", sa.Column("objet", sa.String(200), server_default="", nullable=False))
    op.add_column("journal", sa.Column("nombre", sa.Integer()))
    op.create_table(
        "entretien",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eleve_id", sa.Integer(), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("auteur", sa.String(200), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("suite", sa.Text(), nullable=False),
        sa.Column("echeance", sa.Date()),
        sa.Column("cree", sa.DateTime(), nullable=False),
        sa.Column("modifie", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entretien"),
        sa.CheckConstraint("length(notes) <= 3999", name="ck_entretien_notes_courtes"),
        sa.CheckConstraint("length(decisions) <= 3999", name="ck_entretien_decisions_courtes"),
        sa.CheckConstraint("length(suite) <= 500", name="ck_entretien_suite_courte"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_entretien_eleve_id_eleve", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entretien_eleve_id", "entretien", ["eleve_id"])
    classe = sa.table("classe", sa.column("id", sa.Integer), sa.column("annee", sa.String))
    eleve = sa.table("eleve", sa.column("classe_id", sa.Integer), sa.column("cree", sa.DateTime))
    connection = op.get_bind()
    firsts = dict(
        connection.execute(sa.select(eleve.c.classe_id, sa.func.min(eleve.c.cree)).group_by("classe_id")).all()
    )
    for (classe_id,) in connection.execute(sa.select(classe.c.id)).all():
        annee = _annee(firsts.get(classe_id) or datetime.now(UTC))
        connection.execute(sa.update(classe).where(classe.c.id == classe_id).values(annee=annee))


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("entretien")
    with op.batch_alter_table("journal") as journal:
        journal.drop_column("nombre")
        journal.drop_column("objet")
        journal.drop_column("utilisateur")
    with op.batch_alter_table("classe") as classe:
        classe.drop_column("annee")


def _annee(moment: datetime) -> str:
    start = moment.year if moment.month >= _AOUT else moment.year - 1
    return f"{start}-{start + 1}"
