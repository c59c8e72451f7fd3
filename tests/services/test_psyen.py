"""The psyEN's compartment: what opens it, what does not, what is left of it everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.services.journal import list_journal
from mps_desktop.services.maintenance import export_to, import_from, replace_password_open, restore
from mps_desktop.services.notes_remises import notes_remises
from mps_desktop.services.psyen import TEXTE_MAX, NoteSaisie, Psyen, WrongPsyenPassword
from mps_desktop.services.purge import preview_purge, purge
from mps_desktop.services.rgpd import export_eleve
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.psyen import PsyenRepository
from mps_desktop.storage.sauvegardes import list_backups, make_backup
from tests.services.test_purge_rgpd import NOVEMBER, plain_content
from tests.storage.samples import FAST, MOT_DE_PASSE, build_eleve

SECRET = "carafe orage lutin bambou"
TEXTE = "ZZSECRET « un trac » à l’oral"
NOTE = NoteSaisie(date(2026, 11, 24), "Mme ZZPSY", TEXTE)


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[OpenDossier]:
    with create_dossier(tmp_path / "dossier", "TG7 fictive", MOT_DE_PASSE, FAST) as opened:
        with opened.database.transaction() as session:
            for nom in ("UN", "DEUX"):
                EleveRepository(session).add(build_eleve(nom, classe="TG7"))
        yield opened


@pytest.fixture
def psyen(dossier: OpenDossier) -> Psyen:
    return Psyen(dossier, FAST)


def test_a_compartment_is_made_written_locked_and_read_again(psyen: Psyen):
    assert psyen.lire(1).etat == replace(psyen.lire(1).etat, existe=False, ouvert=False, nb_notes=0)
    cle = psyen.creer(SECRET)
    assert len(cle) == 34
    assert psyen.ouvert
    psyen.ecrire(1, NOTE)
    psyen.ecrire(1, replace(NOTE, jour=date(2027, 1, 5), texte="  plus tard \n"))
    first, second = psyen.lire(1).notes
    assert (first.texte, second.texte) == ("plus tard", TEXTE)
    assert (second.jour, second.auteur, second.eleve_id) == (NOTE.jour, NOTE.auteur, 1)
    assert psyen.lire(2).notes == ()
    psyen.fermer()
    psyen.fermer()
    vue = psyen.lire(1)
    assert (vue.etat.existe, vue.etat.ouvert, vue.etat.nb_notes, vue.notes) == (True, False, 2, ())
    for secret in (SECRET, cle, cle.lower().replace("-", " ")):
        psyen.ouvrir(secret)
        assert psyen.lire(1).notes == (first, second)
        psyen.fermer()


def test_nothing_but_its_own_secrets_opens_it(psyen: Psyen, dossier: OpenDossier):
    psyen.creer(SECRET)
    psyen.fermer()
    psyen.ouvrir(SECRET)
    psyen.fermer()
    for secret in (MOT_DE_PASSE, "carafe orage lutin bamboo"):  # a third one would make wait
        with pytest.raises(WrongPsyenPassword):
            psyen.ouvrir(secret)
    with pytest.raises(EnvironmentFault, match="faute de frappe"):
        psyen.ouvrir("K3QF-8XW2-0000-1111-2222-3333-4444")
    assert not psyen.ouvert
    replace_password_open(dossier, MOT_DE_PASSE, "autre phrase pour le dossier")
    psyen.ouvrir(SECRET)


def test_weak_passwords_and_that_of_the_dossier_are_refused(psyen: Psyen):
    for refused, why in (("azertyuiop", "deviner"), (MOT_DE_PASSE, "celui du dossier")):
        with pytest.raises(EnvironmentFault, match=why):
            psyen.creer(refused)
    psyen.creer(SECRET)
    with pytest.raises(EnvironmentFault, match="celui du dossier"):
        psyen.changer_mot_de_passe(SECRET, MOT_DE_PASSE)


def test_it_is_made_anew_only_while_nobody_has_a_note(psyen: Psyen):
    former = psyen.creer(SECRET)
    psyen.fermer()
    assert psyen.lire(1).etat.vide
    psyen.creer("une phrase toute différente")
    psyen.ecrire(2, NOTE)
    assert not psyen.lire(1).etat.vide
    psyen.fermer()
    for secret in (SECRET, former):
        with pytest.raises(WrongPsyenPassword):
            psyen.ouvrir(secret)
    with pytest.raises(EnvironmentFault, match="déjà"):
        psyen.creer("encore une autre phrase")
    psyen.ouvrir("une phrase toute différente")
    assert [note.texte for note in psyen.lire(2).notes] == [TEXTE]


def test_the_password_changes_and_the_notes_stay_as_they_are(psyen: Psyen, dossier: OpenDossier):
    cle = psyen.creer(SECRET)
    psyen.ecrire(1, NOTE)
    with dossier.database.read() as session:
        before = PsyenRepository(session).list(1)
    psyen.changer_mot_de_passe(SECRET, "pupitre cerise givre radeau")
    psyen.fermer()
    with pytest.raises(WrongPsyenPassword):
        psyen.ouvrir(SECRET)
    psyen.changer_mot_de_passe(cle, "encore une phrase inconnue")  # forgotten: the recovery key, while locked
    fresh = psyen.nouvelle_cle_secours("encore une phrase inconnue")
    with pytest.raises(WrongPsyenPassword):
        psyen.ouvrir(cle)
    psyen.ouvrir(fresh)
    assert psyen.lire(1).notes[0].texte == TEXTE
    with dossier.database.read() as session:
        assert PsyenRepository(session).list(1) == before


def test_a_cheap_derivation_is_made_stronger_when_it_opens(dossier: OpenDossier):
    cle = Psyen(dossier, FAST).creer(SECRET)
    stronger = KdfParameters(16, 2, 1)
    for secret in (SECRET, cle):
        Psyen(dossier, stronger).ouvrir(secret)
    with dossier.database.read() as session:
        assert {wrap.kdf for wrap in PsyenRepository(session).wraps()} == {stronger}
    for secret in (SECRET, cle):
        Psyen(dossier, stronger).ouvrir(secret)


def test_every_change_is_taken_back_and_made_again_from_seals(psyen: Psyen):
    psyen.creer(SECRET)
    added = psyen.ecrire(1, NOTE)
    changed = psyen.ecrire(1, replace(NOTE, texte="corrigée"), added.apres.id)
    erased = psyen.effacer(1, added.apres.id)
    assert psyen.lire(1).notes == ()
    for change, expected in ((erased, "corrigée"), (changed, TEXTE)):
        psyen.remettre(change.avant)
        assert [note.texte for note in psyen.lire(1).notes] == [expected]
    psyen.remettre(added.avant)
    assert psyen.lire(1).notes == ()
    psyen.remettre(added.apres)
    psyen.remettre(changed.apres)
    assert [note.texte for note in psyen.lire(1).notes] == ["corrigée"]
    kept = repr((added, changed, erased)) + repr([change.apres.contenu for change in (added, changed)])
    assert "ZZSECRET" not in kept
    assert "corrig" not in kept


def test_nothing_is_written_while_it_is_locked(psyen: Psyen):
    psyen.creer(SECRET)
    added = psyen.ecrire(1, NOTE)
    psyen.fermer()
    for work in (
        lambda: psyen.ecrire(1, NOTE),
        lambda: psyen.effacer(1, added.apres.id),
        lambda: psyen.remettre(added.avant),
    ):
        with pytest.raises(EnvironmentFault, match="verrouillées"):
            work()
    assert psyen.lire(1).etat.nb_notes == 1


def test_what_makes_no_note_is_refused(psyen: Psyen):
    with pytest.raises(EnvironmentFault, match="pas de notes"):
        psyen.ouvrir(SECRET)
    psyen.creer(SECRET)
    for texte, why in ((" \n", "vide"), ("a" * (TEXTE_MAX + 1), "caractères")):
        with pytest.raises(EnvironmentFault, match=why):
            psyen.ecrire(1, replace(NOTE, texte=texte))
    with pytest.raises(UnknownEleve):
        psyen.ecrire(404, NOTE)


def test_a_note_moved_to_another_student_does_not_read_and_can_be_erased(psyen: Psyen, dossier: OpenDossier):
    psyen.creer(SECRET)
    moved = psyen.ecrire(1, NOTE).apres.id
    psyen.ecrire(2, NOTE)
    with dossier.database.transaction() as session:
        session.execute(text("UPDATE note_psyen SET eleve_id = 2 WHERE id = :id"), {"id": moved})
    readable = [note.lisible for note in psyen.lire(2).notes]
    assert sorted(readable) == [False, True]
    assert all(not note.texte for note in psyen.lire(2).notes if not note.lisible)
    psyen.effacer(2, moved)
    assert [note.texte for note in psyen.lire(2).notes] == [TEXTE]


def test_the_key_is_wiped_and_the_journal_names_no_value(psyen: Psyen, dossier: OpenDossier):
    psyen.creer(SECRET)
    note = psyen.ecrire(1, NOTE).apres
    psyen.ecrire(1, replace(NOTE, texte="autre"), note.id)
    psyen.effacer(1, note.id)
    key = psyen._cle
    assert key is not None
    assert any(key)
    psyen.fermer()
    assert not any(key)
    said = [line.quoi for line in list_journal(dossier.database)][:4]
    assert said == [
        f"Compartiment du psyEN modifié ({what})"
        for what in ("note effacée", "note corrigée", "note ajoutée", "création")
    ]


def test_with_the_key_of_the_dossier_alone_no_page_tells_the_note(psyen: Psyen, dossier: OpenDossier, tmp_path: Path):
    psyen.creer(SECRET)
    psyen.ecrire(1, NOTE)
    pages = plain_content(dossier, tmp_path)
    assert b"note_psyen" in pages  # the pages are decrypted
    for secret in ("ZZSECRET", "ZZPSY", SECRET):
        assert secret.encode() not in pages
        assert secret.encode("utf-16-le") not in pages


def test_copies_carry_the_seals_and_open_elsewhere_with_the_same_password(dossier: OpenDossier, tmp_path: Path):
    psyen = Psyen(dossier, FAST)
    cle = psyen.creer(SECRET)
    psyen.ecrire(1, NOTE)
    psyen.fermer()
    make_backup(dossier, "demande", NOVEMBER)
    psyen.ouvrir(SECRET)
    psyen.effacer(1, psyen.lire(1).notes[0].id)
    psyen.fermer()
    dossier.close()
    folder = dossier.dossier
    restore(folder, 1, MOT_DE_PASSE, NOVEMBER)
    moved = import_from(export_to(folder, MOT_DE_PASSE, tmp_path / "copie.mpsdossier"), tmp_path / "x", MOT_DE_PASSE)
    with unlock_dossier(moved, MOT_DE_PASSE) as elsewhere:
        other = Psyen(elsewhere, FAST)
        other.ouvrir(SECRET)
        assert [note.texte for note in other.lire(1).notes] == [TEXTE]
        other.fermer()
        other.ouvrir(cle)
    assert len(list_backups(folder)) >= 1


def test_a_purge_erases_the_notes_and_counts_them(psyen: Psyen, dossier: OpenDossier, tmp_path: Path):
    psyen.creer(SECRET)
    seals = [psyen.ecrire(eleve_id, NOTE).apres.contenu for eleve_id in (1, 1, 2)]
    apercu = preview_purge(dossier, classes=("TG7",))
    assert apercu.notes_psyen == 3
    done = purge(dossier, apercu, Progress(), now=lambda: NOVEMBER)
    assert "Notes du psyEN : 3" in done.preuve.read_text(encoding="utf-8")
    pages = plain_content(dossier, tmp_path)
    assert all(sealed is not None and sealed[:40] not in pages for sealed in seals)
    assert psyen.lire(1).etat.nb_notes == 0


def test_what_is_handed_over_tells_their_number_and_their_text_only_when_asked(
    psyen: Psyen, dossier: OpenDossier, socle: Socle, tmp_path: Path
):
    psyen.creer(SECRET)
    psyen.ecrire(1, NOTE)
    psyen.ecrire(1, replace(NOTE, texte="ZZSECRET bis"))

    def export(joindre: bool) -> tuple[str, str]:
        notes = notes_remises(psyen, 1, joindre=joindre)
        written = export_eleve(dossier.database, socle.options, 1, tmp_path / "remis", NOTE.jour, notes)
        pages = "\n".join(page.extract_text() for page in PdfReader(written.pdf).pages)
        return written.json.read_text(encoding="utf-8"), pages

    for _ in range(2):  # open, then locked: they are not asked for
        for said in export(joindre=False):
            assert "ZZ" not in said
            assert "2 notes du psyEN, non lisibles sans le mot de passe" in " ".join(said.split())
        psyen.fermer()
    with pytest.raises(EnvironmentFault, match="verrouillées"):
        export(joindre=True)
    psyen.ouvrir(SECRET)
    for said in export(joindre=True):
        assert "ZZSECRET bis" in said
    assert "notes jointes" in " ".join(line.quoi for line in list_journal(dossier.database, 3))


def test_the_sheet_of_the_key_is_written(psyen: Psyen, tmp_path: Path):
    cle = psyen.creer(SECRET)
    psyen.imprimer_cle(cle, tmp_path / "cle.pdf", date(2026, 11, 24))
    said = PdfReader(tmp_path / "cle.pdf").pages[0].extract_text()
    assert cle in said
    assert "n’ouvre pas le dossier lui-même" in " ".join(said.split())
