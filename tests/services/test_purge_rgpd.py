"""Erasing for good, handing over, the register, the journal as read."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.models import Base, Favori
from mps_desktop.services.journal import list_journal
from mps_desktop.services.maintenance import make_recovery_key_open, replace_password_open
from mps_desktop.services.notes_remises import NotesRemises, notes_remises
from mps_desktop.services.psyen import Psyen
from mps_desktop.services.purge import annees_of, preview_purge, purge
from mps_desktop.services.registre import write_registre
from mps_desktop.services.rgpd import export_eleve, find_eleve
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import OpenDossier
from mps_desktop.storage.records import AvisRecord, DecisionRecord, EntretienRecord, FavoriRecord
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.entretiens import DecisionRepository, EntretienRepository
from mps_desktop.storage.repositories.journal import JournalRepository
from mps_desktop.storage.sauvegardes import list_backups, make_backup
from tests.storage.conftest import folder, opened  # noqa: F401  fixtures
from tests.storage.samples import BILAN, MOT_DE_PASSE, PROFIL, build_eleve

JUNE, NOVEMBER = datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ("ZZPARTANT", "ZZSANSCLASSE", "ZZRESTANTE")


@pytest.fixture
def two_years(opened: OpenDossier) -> OpenDossier:  # noqa: F811  the fixture
    with opened.database.transaction() as session:
        past, now = EleveRepository(session, lambda: JUNE), EleveRepository(session, lambda: NOVEMBER)
        past.add(build_eleve(NAMES[0], classe="TG1"))
        past.add(build_eleve(NAMES[1], classe=""))
        BilanRepository(session).put(BILAN)
        EntretienRepository(session).add(EntretienRecord(0, 1, date(2026, 5, 4), "ZZNOTE d’entretien"))
        DecisionRepository(session).add(
            DecisionRecord(0, 1, date(2026, 5, 28), "ZZCONSEIL", "ZZAVIS favorable", "ZZSUITE en mars", "ZZPRESIDENT")
        )
        ClasseRepository(session, lambda: NOVEMBER).close_years("2026-2027")
        now.add(build_eleve(NAMES[2], classe="TG1"))
    return opened


def plain_content(dossier: OpenDossier, tmp_path: Path) -> bytes:
    """Every page of the database, decrypted."""
    target = tmp_path / "clair.db"
    target.unlink(missing_ok=True)
    with dossier.database.raw_connection() as connection:
        connection.execute("ATTACH DATABASE ? AS clair KEY ''", (str(target),))
        connection.execute("SELECT sqlcipher_export('clair')")
        connection.execute("DETACH DATABASE clair")
    return target.read_bytes()


def decrypted_pages(dossier: OpenDossier) -> bytes:
    """Every page of the file, decrypted by hand, those that hold nothing any more too (SQLCipher 4: AES-256-CBC)."""
    if shutil.which("openssl") is None:
        pytest.skip("the program openssl is not installed")
    database = dossier.database
    with database.raw_connection() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        size = int(connection.execute("PRAGMA cipher_page_size").fetchone()[0])
    content, pages = database.path.read_bytes(), b""
    for start in range(0, len(content), size):
        page = content[start : start + size]
        body, iv = page[16 if start == 0 else 0 : -80], page[-80:-64]
        command = ["openssl", "enc", "-aes-256-cbc", "-d", "-nopad", "-K", database._key.hex(), "-iv", iv.hex()]
        pages += subprocess.run(command, input=body, capture_output=True, check=True).stdout
    return pages


def test_a_preview_counts_and_writes_nothing(two_years: OpenDossier):
    apercu = preview_purge(two_years, "2025-2026")
    assert (apercu.eleves, apercu.sans_classe, apercu.autres) == (2, 1, 1)
    assert apercu.classes == ("TG1 (2025-2026)",)
    assert (apercu.formations_retenues, apercu.voeux, apercu.entretiens, apercu.decisions) == (4, 6, 1, 1)
    assert annees_of(two_years) == ("2025-2026", "2026-2027")
    assert preview_purge(two_years, classes=("tg1",)).eleves == 1
    with pytest.raises(EnvironmentFault, match="pas de classe"):
        preview_purge(two_years, classes=("TG9",))
    with pytest.raises(EnvironmentFault, match="effacer"):
        preview_purge(two_years)


def test_a_purge_leaves_numbers_only_and_says_what_is_left_elsewhere(two_years: OpenDossier, tmp_path: Path):
    older = make_backup(two_years, "jour", JUNE)
    done = purge(two_years, preview_purge(two_years, "2025-2026"), Progress(), now=lambda: NOVEMBER)
    assert done.eleves == 2
    assert {older.dossier, done.sauvegarde} == set(done.copies)
    proof = done.preuve.read_text(encoding="utf-8")
    lines, _, last = proof.rstrip("\n").rpartition("\n")
    assert last.endswith(hashlib.sha256((lines + "\n").encode()).hexdigest())
    assert "Élèves effacés : 2" in proof
    assert "Décisions de conseil de classe : 1" in proof
    assert "Sauvegardes qui contiennent encore ces données : 2" in proof
    assert not any(name in proof for name in (*NAMES, "TG1"))
    content = plain_content(two_years, tmp_path)
    assert NAMES[2].encode() in content
    assert not any(word.encode() in content for word in (NAMES[0], NAMES[1], "ZZNOTE", "ZZAVIS", "ZZSUITE"))
    with two_years.database.read() as session:
        assert [e.nom for e in EleveRepository(session).list()] == [NAMES[2]]
        line = JournalRepository(session).list(1)[0]
    assert (line.action, line.nombre, line.eleve_id) == ("purge", 2, None)
    with two_years.database.raw_connection() as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_what_is_erased_is_zeros_even_when_the_file_cannot_be_rewritten(
    two_years: OpenDossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The pages themselves, free ones included: a VACUUM that never came must not leave anybody in them."""

    def full(*_args: object) -> int:
        raise EnvironmentFault("Il n’y a plus de place sur le disque.", "Libérez de la place.")

    monkeypatch.setattr("mps_desktop.services.purge.compact", full)
    done = purge(two_years, preview_purge(two_years, "2025-2026"), Progress(), now=lambda: NOVEMBER)
    assert "compactage impossible" in done.preuve.read_text(encoding="utf-8")
    pages = decrypted_pages(two_years)
    assert NAMES[2].encode() in pages
    assert not any(word.encode() in pages for word in (NAMES[0], NAMES[1], "ZZNOTE", "ZZAVIS", "ZZSUITE"))


def test_backups_can_go_too(two_years: OpenDossier, tmp_path: Path):
    make_backup(two_years, "jour", JUNE)
    done = purge(two_years, preview_purge(two_years, "2025-2026"), Progress(), sauvegardes=True)
    assert (done.copies, done.copies_effacees, done.sauvegarde) == ((), 2, None)
    (left,) = list_backups(two_years.dossier)
    assert left.eleves == 1


def test_what_was_not_previewed_is_not_erased(two_years: OpenDossier):
    apercu = preview_purge(two_years, "2025-2026")
    with two_years.database.transaction() as session:
        EleveRepository(session, lambda: JUNE).add(build_eleve("ZZTARDIF", classe="TG1 (2025-2026)"))
    with pytest.raises(EnvironmentFault, match="changé depuis"):
        purge(two_years, apercu, Progress())
    with two_years.database.read() as session:
        assert len(EleveRepository(session).list()) == 4


def test_a_student_gets_everything_kept_about_him(two_years: OpenDossier, socle: Socle, tmp_path: Path):
    eleve_id = find_eleve(two_years.database, "zzpartant zoe")
    assert eleve_id == find_eleve(two_years.database, "1") == 1
    notes = notes_remises(Psyen(two_years), eleve_id, joindre=False)
    written = export_eleve(two_years.database, socle.options, eleve_id, tmp_path / "remis", date(2026, 11, 24), notes)
    content = json.loads(written.json.read_text(encoding="utf-8"))
    assert content["eleve"]["nom"] == NAMES[0]
    assert content["entretiens"][0]["notes"] == "ZZNOTE d’entretien"
    assert content["eleve"]["profil"]["favoris"][0]["voeux"] == ["ta3", "ta1", "ta2"]
    assert content["libelles"]["mat707"] == socle.options.libelle("mat707")
    assert content["notes_psyen"] == {"nombre": 0, "jointes": [], "phrase": "Aucune note du psyEN."}
    assert (content["annee"], content["cree"]) == ("2025-2026", "2026-06-02T00:00:00+00:00")
    assert NAMES[2] not in written.json.read_text(encoding="utf-8")
    assert written.pdf.read_bytes().startswith(b"%PDF")
    assert not any(name in path.name for name in NAMES for path in (written.json, written.pdf))
    assert "Données de l’élève exportées" in [line.quoi for line in list_journal(two_years.database)]
    for unclear in ("zoe", "personne"):
        with pytest.raises(EnvironmentFault):
            find_eleve(two_years.database, unclear)


def kept_about(dossier: OpenDossier, eleve_id: int) -> dict[str, set[str]]:
    """Every value that any table keeps about a student, by column; numbers of rows and ranks say nothing of him."""
    found: dict[str, set[str]] = {}
    with dossier.database.read() as session:
        for table in Base.metadata.sorted_tables:
            query = select(table)
            if table.name == "eleve":
                query = query.where(table.c.id == eleve_id)
            elif "eleve_id" in table.c:
                query = query.where(table.c.eleve_id == eleve_id)
            elif "favori_id" in table.c:
                query = query.join(Favori).where(Favori.eleve_id == eleve_id)
            else:
                continue
            for row in session.execute(query).mappings():
                for name, value in row.items():
                    if (name.endswith("id") and name not in {"voeu_id", "formation_id"}) or name == "rang":
                        continue
                    values = value if isinstance(value, tuple) else (value,)
                    words = {v.isoformat() if isinstance(v, date) else str(v) for v in values if v not in (None, "")}
                    found.setdefault(f"{table.name}.{name}", set()).update(words)
    return found


def test_nothing_that_a_table_keeps_about_him_is_missing_from_what_he_gets(
    two_years: OpenDossier, socle: Socle, tmp_path: Path
):
    opinion = FavoriRecord(
        "fl11", 1, ("ta7",), {"ta7": "B"}, "ZZMOT", {"ta7": AvisRecord("ZZMOTIF", "ZZAUTEUR", NOVEMBER.date())}, True
    )
    with two_years.database.transaction() as session:
        repository = EleveRepository(session)
        repository.update_identity(replace(repository.get(1), ine="ZZINE123456"))
        repository.save_profil(1, replace(PROFIL, favoris=(opinion,)))
        EntretienRepository(session).add(
            EntretienRecord(0, 1, date(2026, 5, 5), "N", "D", "S", date(2026, 6, 1), "ZZQUI", suite_faite=True)
        )
    kept = kept_about(two_years, 1)
    assert {name.partition(".")[0] for name in kept} >= {
        "eleve", "profil", "favori", "voeu", "avis", "entretien", "decision_conseil", "corbeille", "attendus_lus",
        "journal",
    }  # fmt: skip
    written = export_eleve(
        two_years.database, socle.options, 1, tmp_path, date(2026, 11, 24), NotesRemises(0, (), "Aucune.")
    )
    text = written.json.read_text(encoding="utf-8")
    handed = json.loads(text)
    # when a meeting or a decision was typed, which its day says better; whether its action was done, checked below
    left_out = {f"{table}.{c}" for table in ("entretien", "decision_conseil") for c in ("modifie", "cree")}
    left_out.add("entretien.suite_faite")
    missing = {
        name: words
        for name, values in kept.items()
        if name not in left_out and (words := {word for word in values if word not in text})
    }
    assert missing == {}
    assert handed["eleve"]["profil"]["favoris"][0]["avis"]["ta7"]["motif"] == "ZZMOTIF"
    assert [entretien["suite_faite"] for entretien in handed["entretiens"]] == [True, False]
    assert handed["decisions_conseil"][0]["avis"] == "ZZAVIS favorable"
    pages = "".join(page.extract_text() for page in PdfReader(written.pdf).pages)
    expected = (
        "ZZPARTANT", "ZZINE123456", "ZZMOT", "ZZMOTIF", "ZZAUTEUR", "ZZQUI", "13,5", "2025-2026", "ZZCONSEIL",
        "ZZAVIS", "ZZSUITE", "ZZPRESIDENT", "S (pour le 1er juin 2026) — fait",
    )  # fmt: skip
    assert [word for word in expected if word not in pages] == []


def test_the_journal_is_readable_and_names_those_who_are_there_only(two_years: OpenDossier):
    with two_years.database.transaction() as session:
        repository = EleveRepository(session)
        repository.update_identity(build_eleve("ZZCORRIGEE", classe="TG1", id=3))
        repository.delete((2,))
    lines = list_journal(two_years.database)
    assert (lines[0].quoi, lines[0].eleve) == ("Élève supprimé", "élève n° 2")
    assert (lines[1].quoi, lines[1].eleve) == ("Identité modifiée (nom)", "ZZCORRIGEE Zoé")
    assert all(line.utilisateur for line in lines)
    assert len(list_journal(two_years.database, eleve_id=3)) == 2


def test_keys_changed_in_an_open_dossier_are_in_the_journal(two_years: OpenDossier):
    replace_password_open(two_years, MOT_DE_PASSE, "trompette ciseau lampe verger")
    make_recovery_key_open(two_years, "trompette ciseau lampe verger")
    assert [line.quoi for line in list_journal(two_years.database, 2)] == [
        "Clé de secours faite",
        "Mot de passe changé",
    ]
    with pytest.raises(EnvironmentFault):
        replace_password_open(two_years, MOT_DE_PASSE, "encore un autre mot secret")


def test_the_register_entry_is_written(tmp_path: Path):
    target = write_registre(tmp_path / "registre.pdf", date(2026, 11, 24), "Lycée fictif", "Mme Directrice-Fictive")
    assert target.read_bytes().startswith(b"%PDF")
