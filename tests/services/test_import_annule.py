"""One undo gives the whole database back as it was before an import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from mps_desktop.core.progress import Progress
from mps_desktop.models import Base
from mps_desktop.services.session import DossierSession
from mps_desktop.storage.database import Database
from tests.importers.familles_interdites import INTERDITES

HISTOIRES = frozenset(("journal", "bilan", "avis"))
"""Tables to which lines are only ever added: what was done and undone stays written there, without any value."""


def whole(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for those that only grow."""
    with database.read() as session:
        return {
            name: sorted(
                (dict(row) for row in session.execute(select(table)).mappings()),
                key=lambda row: sorted(map(repr, row.items())),
            )
            for name, table in Base.metadata.tables.items()
            if name not in HISTOIRES
        }


def test_one_undo_gives_the_whole_database_back(session: DossierSession, liste: Path, tmp_path: Path):
    session.import_roster((liste,), "", Progress())
    database = session._import_roster._database
    before = whole(database)
    assert len(before["eleve"]) == 3

    changes = tmp_path / "nouvelle.csv"
    changes.write_text(
        "Nom;Prénom;Né(e) le;Classe;INE;Moyenne;Toutes les options\n"
        "BIDON-MARIÉE;Zoé;14/02/2009;TG9;990000001ZZ;12,5;SCIENCES VIE & TERRE, PHYSIQUE-CHIMIE\n"
        "BIDON;Zoé;14/02/2009;TG9;;14;SCIENCES VIE & TERRE, NUMERIQUE SC.INFORM.\n"
        "LE TESTEUR;Œdipe;03/11/2009;TG9;990000002ZZ;9;\n"
        "NGUYỄN-EXEMPLE;Anh;09/09/2009;TG9;990000003ZZ;;\n"
        "NOUVEAU;Paul;01/01/2009;TG8;990000004ZZ;11;MATHEMATIQUES\n",
        encoding="utf-8-sig",
    )
    marks = tmp_path / "moyennes.csv"
    marks.write_text("Élève;Moyenne générale\nBIDON Zoé;15\nLE TESTEUR Œdipe;8\nNOUVEAU Paul;7\n", encoding="utf-8")
    result = session.import_roster((changes, marks), "TG9", Progress())
    assert result.nb_ajoutes >= 1
    assert result.nb_modifies >= 3
    after = whole(database)
    assert after != before
    assert {classe["nom"] for classe in after["classe"]} == {"TG8", "TG9"}

    session.undo_import(result)
    assert whole(database) == before


def test_the_same_file_twice_writes_nothing(session: DossierSession, liste: Path):
    session.import_roster((liste,), "", Progress())
    database = session._import_roster._database
    before = whole(database)
    result = session.import_roster((liste,), "", Progress())
    assert (result.nb_ajoutes, result.nb_modifies, result.nb_inchanges) == (0, 0, 3)
    assert whole(database) == before


def test_no_forbidden_value_reaches_the_database(session: DossierSession, tmp_path: Path):
    """Every family of columns that must stay in the file, with values that can be told again."""
    titles = [title for family in INTERDITES.values() for title in family]
    rows = [
        ["Nom", "Prénom", "Né(e) le", "Classe", *titles],
        ["BIDON", "Zoé", "14/02/2009", "TG1", *(f"QZX{rank}" for rank in range(len(titles)))],
        ["MODÈLE", "Ada", "15/02/2009", "TG1", *(f"QZX {rank} rue Fictive" for rank in range(len(titles)))],
    ]
    file = tmp_path / "liste.csv"
    file.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")
    apercu = session.preview_import((file,), "", Progress())
    assert set(titles) <= set(apercu.non_lu)
    assert "qzx" not in repr(apercu).lower()
    session.import_roster((file,), "", Progress())
    database = session._import_roster._database
    with database.read() as opened:
        stored = [
            dict(row) for table in Base.metadata.tables.values() for row in opened.execute(select(table)).mappings()
        ]
    assert "BIDON" in repr(stored)
    assert "qzx" not in repr(stored).lower()
