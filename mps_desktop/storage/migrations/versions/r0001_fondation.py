"""First tables of the dossier."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "classe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(100), nullable=False),
        sa.Column("niveau", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_classe"),
        sa.UniqueConstraint("nom", name="uq_classe_nom"),
        sa.CheckConstraint("nom <> ''", name="ck_classe_nom_rempli"),
        _one_of("ck_classe_niveau", "niveau", "seconde", "premiere", "terminale"),
    )
    op.create_table(
        "eleve",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(200), nullable=False),
        sa.Column("prenom", sa.String(200), nullable=False),
        sa.Column("naissance", sa.Date()),
        sa.Column("sexe", sa.String(20)),
        sa.Column("ine", sa.String(20)),
        sa.Column("niveau", sa.String(20), nullable=False),
        sa.Column("classe_id", sa.Integer()),
        sa.Column("cree", sa.DateTime(), nullable=False),
        sa.Column("modifie", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_eleve"),
        sa.UniqueConstraint("ine", name="uq_eleve_ine"),
        sa.CheckConstraint("nom <> ''", name="ck_eleve_nom_rempli"),
        sa.CheckConstraint("ine <> ''", name="ck_eleve_ine_rempli"),
        _one_of("ck_eleve_sexe", "sexe", "F", "M"),
        _one_of("ck_eleve_niveau", "niveau", "seconde", "premiere", "terminale"),
        sa.ForeignKeyConstraint(["classe_id"], ["classe.id"], name="fk_eleve_classe_id_classe", ondelete="RESTRICT"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_eleve_classe_id", "eleve", ["classe_id"])
    op.create_table(
        "profil",
        sa.Column("eleve_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("situation", sa.String(20)),
        sa.Column("bac", sa.String(50)),
        sa.Column("specialites", sa.JSON(), nullable=False),
        sa.Column("moyenne", sa.Double[float]()),
        sa.Column("domaines", sa.JSON(), nullable=False),
        sa.Column("interets", sa.JSON(), nullable=False),
        sa.Column("metiers", sa.JSON(), nullable=False),
        sa.Column("duree_etudes", sa.String(20)),
        sa.Column("alternance", sa.String(20)),
        sa.Column("communes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("eleve_id", name="pk_profil"),
        sa.CheckConstraint(
            "moyenne = -1 OR (moyenne >= 0 AND moyenne <= 20)",
            name="ck_profil_moyenne_sur_20",
        ),
        sa.CheckConstraint("bac <> ''", name="ck_profil_bac_rempli"),
        _one_of("ck_profil_situation", "situation", "aucune_idee", "quelques_pistes", "projet_precis"),
        _one_of("ck_profil_dureeetudes", "duree_etudes", "indifferent", "courte", "longue", "aucune_idee"),
        _one_of("ck_profil_alternance", "alternance", "pas_interesse", "indifferent", "interesse", "tres_interesse"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_profil_eleve_id_eleve", ondelete="CASCADE"),
    )
    op.create_table(
        "favori",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eleve_id", sa.Integer(), nullable=False),
        sa.Column("formation_id", sa.String(20), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("niveau_ambition", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_favori"),
        sa.UniqueConstraint("eleve_id", "formation_id", name="uq_favori_eleve_id_formation_id"),
        sa.CheckConstraint("rang >= 0", name="ck_favori_rang_positif"),
        sa.CheckConstraint("niveau_ambition >= 0 AND niveau_ambition <= 3", name="ck_favori_niveau_ambition_connu"),
        sa.CheckConstraint("length(note) <= 3999", name="ck_favori_note_courte"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_favori_eleve_id_eleve", ondelete="CASCADE"),
    )
    op.create_table(
        "voeu",
        sa.Column("favori_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voeu_id", sa.String(20), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("classe_enseignant", sa.String(20)),
        sa.PrimaryKeyConstraint("favori_id", "voeu_id", name="pk_voeu"),
        sa.CheckConstraint("rang >= 0", name="ck_voeu_rang_positif"),
        _one_of("ck_voeu_classeenseignant", "classe_enseignant", "A+", "A", "B"),
        sa.ForeignKeyConstraint(["favori_id"], ["favori.id"], name="fk_voeu_favori_id_favori", ondelete="CASCADE"),
    )
    op.create_table(
        "corbeille",
        sa.Column("eleve_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("formation_id", sa.String(20), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("eleve_id", "formation_id", name="pk_corbeille"),
        sa.CheckConstraint("rang >= 0", name="ck_corbeille_rang_positif"),
        sa.ForeignKeyConstraint(["eleve_id"], ["eleve.id"], name="fk_corbeille_eleve_id_eleve", ondelete="CASCADE"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quand", sa.DateTime(), nullable=False),
        sa.Column("action", sa.String(50), nullable=False),
        sa.Column("eleve_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )


def downgrade() -> None:
    """Drop every table, those that point to others first."""
    for table in ("journal", "corbeille", "voeu", "favori", "profil", "eleve", "classe"):
        op.drop_table(table)


def _one_of(name: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)
