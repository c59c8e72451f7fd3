"""What a teacher newly adds to a profile must exist; what an import brought stays, and comes back on Ctrl+Z."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.services.session import DossierSession
from mps_desktop.services.views import ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

SAIN = ProfilRecord("quelques_pistes", "Générale", ("mat707",), 12.0, ("dom41",))


@pytest.fixture
def eleve(session: DossierSession, liste: Path) -> int:
    done = session.import_roster((liste,), "", Progress())
    session.save_profil(done.eleve_ids[0], SAIN)
    return done.eleve_ids[0]


def foreign(session: DossierSession) -> str:
    """A spécialité of another bac."""
    offered = {option.code for option in session.options.specialites("Générale")}
    others = (o.code for bac in session.options.bacs for o in session.options.specialites(bac.code))
    return next(code for code in others if code not in offered)


def brought_by_import(session: DossierSession, eleve: int, profil: ProfilRecord) -> None:
    with session._database.transaction() as writing:
        EleveRepository(writing).save_profil(eleve, profil)


def test_a_specialite_of_another_bac_is_refused_by_its_name(session: DossierSession, eleve: int):
    code = foreign(session)
    with pytest.raises(EnvironmentFault, match="n’existe pas avec ce bac") as caught:
        session.save_profil(eleve, replace(SAIN, specialites=("mat707", code)))
    assert session.options.libelle(code) in caught.value.message
    assert session.load_eleve(eleve).profil == SAIN


@pytest.mark.parametrize(
    ("champ", "value"),
    [
        ("bac", "bacparti"),
        ("specialites", ("mat707", "matparti")),
        ("domaines", ("domparti",)),
        ("interets", ("ciparti",)),
        ("metiers", ("MET.parti",)),
        ("communes", ("99999",)),
    ],
)
def test_an_unknown_id_is_refused(session: DossierSession, eleve: int, champ: str, value: object):
    with pytest.raises(EnvironmentFault):
        session.save_profil(eleve, replace(SAIN, **{champ: value}))
    assert session.load_eleve(eleve).profil == SAIN


def test_what_an_import_brought_stays_while_the_rest_is_changed_and_comes_back(session: DossierSession, eleve: int):
    old = replace(SAIN, specialites=("mat707", foreign(session)), domaines=("domparti",))
    brought_by_import(session, eleve, old)
    session.save_profil(eleve, replace(old, moyenne=15.0))
    previous = session.save_profil(eleve, replace(SAIN, moyenne=15.0))
    assert previous == replace(old, moyenne=15.0)
    session.save_profil(eleve, previous)
    assert session.load_eleve(eleve).profil == previous


def test_another_bac_keeps_the_former_specialites_until_somebody_removes_them(session: DossierSession, eleve: int):
    session.save_profil(eleve, replace(SAIN, bac="STMG"))
    assert session.load_eleve(eleve).profil.specialites == ("mat707",)


def test_every_offered_choice_is_accepted(session: DossierSession, eleve: int):
    for bac in session.options.bacs:
        codes = tuple(option.code for option in session.options.specialites(bac.code))
        session.save_profil(eleve, replace(SAIN, bac=bac.code, specialites=codes))
    domaines = tuple(option.code for option in session.options.domaines)
    session.save_profil(
        eleve, replace(SAIN, domaines=domaines, interets=tuple(o.code for o in session.options.interets))
    )
