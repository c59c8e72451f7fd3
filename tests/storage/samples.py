"""Invented people and cheap keys for the tests of the dossier."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from mps_desktop.models import Alternance, DureeEtudes, Niveau, Situation
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.records import (
    AvisRecord,
    BilanRecord,
    DecisionRecord,
    EleveRecord,
    EntretienRecord,
    FavoriRecord,
    ProfilRecord,
)

FAST = KdfParameters(memory_kib=8, passes=1, lanes=1)
MOT_DE_PASSE = "violon brique tapis nuage"

# Stored in tests/storage/bases: never change it.
PROFIL = ProfilRecord(
    situation="quelques_pistes",
    bac="Générale",
    specialites=("mat707", "mat708"),
    moyenne=13.5,
    domaines=("dom41", "dom7"),
    interets=("ci16",),
    metiers=("MET.384", "MET.1"),
    duree_etudes="longue",
    alternance="tres_interesse",
    communes=("75115", "2A004"),
    favoris=(
        FavoriRecord("fl490030", 2, ("ta3", "ta1", "ta2"), {"ta1": "A+", "ta2": "B"}, "Très motivée, « à voir »"),
        FavoriRecord("fl11", 0),
    ),
    corbeille=("fr22", "fl1002"),
)
VIDE = ProfilRecord()
# Also stored, in the dossiers of format 1.1 and later.
MOTIF = AvisRecord("Dossier solide en « sciences », à confirmer", "Mme Professeure-Fictive", date(2026, 11, 24))
BILAN = BilanRecord("2nde B", date(2026, 11, 24), 2, 1, 1, 0, 1, 0, 1, 3, 1)

# Also stored, in the dossiers of format 1.2 and later.
ENTRETIEN = EntretienRecord(
    1, 2, date(2026, 11, 24), "Hésite entre « sciences » et droit", "Deux portes ouvertes", "Revoir la liste",
    date(2027, 1, 12), "Mme Professeure-Fictive",
)  # fmt: skip

# Also stored, in the dossiers of format 1.3 and later: the psyEN's compartment, one note about the second student.
MOT_DE_PASSE_PSYEN = "carafe orage lutin bambou"
CLE_PSYEN = "HF6H-Z2K1-5J88-KXZF-PCK3-PQRF-3637"
NOTE_PSYEN = "Un peu de « trac » à l’oral, rien d’autre ; revoir en janvier"

# Also stored, in the dossiers of format 1.4 and later.
DECISION = DecisionRecord(
    1, 2, date(2026, 12, 3), "1er trimestre", "Avis favorable, « à confirmer »", "Revoir la liste en janvier",
    "Mme Professeure-Fictive",
)  # fmt: skip


def build_eleve(nom: str = "BIDON", prenom: str = "Zoé", classe: str = "TG1", **changes: object) -> EleveRecord:
    values: dict[str, object] = {"niveau": "terminale", "profil": PROFIL, "naissance": date(2009, 2, 28), "sexe": "F"}
    return EleveRecord(**{"id": 0, "nom": nom, "prenom": prenom, "classe": classe} | values | changes)  # type: ignore[arg-type]  # names of fields


def one_of(kind: type[Situation | DureeEtudes | Alternance]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from([member.value for member in kind])


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
IDS = st.text("abcdeflmrt0123456789.", min_size=1, max_size=12)
ID_LISTS = st.lists(IDS, unique=True, max_size=5).map(tuple)


@st.composite
def favoris(draw: st.DrawFn) -> tuple[FavoriRecord, ...]:
    found: list[FavoriRecord] = []
    taken: set[str] = set()
    for formation_id in draw(ID_LISTS):
        voeux = tuple(voeu for voeu in draw(ID_LISTS) if voeu not in taken)  # a vœu belongs to one formation
        taken.update(voeux)
        classes = {voeu: draw(st.sampled_from(["", "A+", "A", "B"])) for voeu in voeux}
        stated = {voeu: classe for voeu, classe in classes.items() if classe}
        reasons = {
            voeu: AvisRecord(draw(TEXTS.filter(bool)), draw(TEXTS), draw(st.none() | st.dates()))
            for voeu in stated
            if draw(st.booleans())
        }
        found.append(
            FavoriRecord(
                formation_id, draw(st.integers(0, 3)), voeux, stated, draw(TEXTS), reasons, draw(st.booleans())
            )
        )
    return tuple(found)


PROFILS = st.builds(
    ProfilRecord,
    situation=one_of(Situation),
    bac=st.none() | IDS,
    specialites=ID_LISTS,
    moyenne=st.none() | st.just(-1.0) | st.floats(0, 20),
    domaines=ID_LISTS,
    interets=ID_LISTS,
    metiers=ID_LISTS,
    duree_etudes=one_of(DureeEtudes),
    alternance=one_of(Alternance),
    communes=ID_LISTS,
    favoris=favoris(),
    corbeille=ID_LISTS,
)
ELEVES = st.builds(
    EleveRecord,
    id=st.just(0),
    nom=TEXTS.filter(bool),
    prenom=TEXTS,
    classe=TEXTS,
    niveau=st.sampled_from([niveau.value for niveau in Niveau]),
    naissance=st.none() | st.dates(),
    sexe=st.sampled_from(["", "F", "M"]),
    ine=st.text("0123456789ABCDEFGHJK", max_size=11),
    profil=PROFILS,
)
