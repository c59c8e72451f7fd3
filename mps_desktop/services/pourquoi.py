"""Why a formation has its place, and what would move it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from mps_desktop.core.text import NNBSP, join_fr, plural
from mps_desktop.engine.et_si import Changement, ranks
from mps_desktop.engine.mesures import Mesures
from mps_desktop.engine.profil import Profil
from mps_desktop.services.phrases_pesees import paths
from mps_desktop.services.profils import engine_profil
from mps_desktop.services.raisons_pesees import weighted_reasons
from mps_desktop.services.socle import Socle
from mps_desktop.services.vues_raisons import PourquoiVue
from mps_desktop.storage.database import Database
from mps_desktop.storage.repositories.eleves import EleveRepository

_NB_PISTES = 2
_GAIN_MIN = 2
_KM_LOIN = 30
_MOYENNE_MAX = 40.0
_UN_POINT = 2.0
"""Half points in one point out of 20."""
_BAC_GENERAL, _TERMINALE = "Générale", "term"
_NB_TERMINALE = 2
"""Spécialités kept in terminale, of the three of première."""


@dataclass(frozen=True, slots=True)
class _Piste:
    texte: str
    changement: Changement


class ExplainSuggestion:
    """Explains one formation for one student.

    Args:
        socle: catalogue and engine.
        database: the open dossier.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database

    def __call__(self, eleve_id: int, formation_id: str) -> PourquoiVue:
        """Reasons in order of weight, ties, and one or two changes that would move the formation.

        Raises:
            EnvironmentFault: the student is no longer in the dossier.
        """
        with self._database.read() as session:
            eleve = EleveRepository(session).get(eleve_id)
        profil = engine_profil(eleve.profil, eleve.niveau)
        return explain(self._socle, eleve_id, profil, formation_id)


def explain(socle: Socle, eleve_id: int, profil: Profil, formation_id: str) -> PourquoiVue:
    """The same for any profile."""
    libelle = socle.catalogue.libelle(formation_id)
    order = ranks(socle.moteur, profil)
    rang = order.get(formation_id)
    pesee = weighted_reasons(socle, profil, tuple(order), (formation_id,)).get(formation_id)
    if pesee is None:
        text = "Rien dans le profil ne permet de situer cette formation."
        return PourquoiVue(eleve_id, formation_id, libelle, rang, text, (), (), ())
    resume = (
        f"{ordinal(rang).capitalize()} de {plural(len(order), 'formation proposée', 'formations proposées')}."
        if rang is not None
        else "Cette formation n’est pas dans la liste des suggestions."
    )
    return PourquoiVue(
        eleve_id=eleve_id,
        formation_id=formation_id,
        libelle=libelle,
        rang=rang,
        resume=resume,
        raisons=pesee.raisons,
        chemins=paths(pesee.mesures.chemins, libelle, socle.catalogue.libelle),
        pistes=_what_would_move(socle, profil, formation_id, rang, pesee.mesures),
    )


def ordinal(rang: int) -> str:
    """1re, 2e, 3e… of a formation."""
    return "1re" if rang == 1 else f"{rang}e"


def _what_would_move(
    socle: Socle, profil: Profil, formation_id: str, rang: int | None, mesures: Mesures
) -> tuple[str, ...]:
    """Each change is worked out; only those that win places are told, the best first."""
    found: list[tuple[int, str]] = []
    for piste in _changes(socle, profil, mesures):
        after = ranks(socle.moteur, piste.changement.apply(profil)).get(formation_id)
        if after is None or (rang is not None and rang - after < _GAIN_MIN):
            continue
        before = f" au lieu de {ordinal(rang)}" if rang is not None else ""
        found.append((after, f"{piste.texte}{NNBSP}: {ordinal(after)}{before}"))
    return tuple(text for _, text in sorted(found)[:_NB_PISTES])


def _changes(socle: Socle, profil: Profil, mesures: Mesures) -> list[_Piste]:
    found: list[_Piste] = []
    proche = _nearest_commune(socle, profil, mesures)
    if proche is not None:
        code, nom = proche
        found.append(_Piste(f"Avec {nom} parmi les villes souhaitées", Changement(communes=(*profil.communes, code))))
    if profil.duree in ("court", "long"):
        found.append(_Piste("Sans préférence de durée", Changement(duree="indiff")))
    if profil.apprentissage in ("A", "B") and not mesures.apprentissage:
        found.append(_Piste("Sans souhait d’apprentissage", Changement(apprentissage="C")))
    if profil.moyenne is not None and profil.moyenne < _MOYENNE_MAX:
        more = min(_MOYENNE_MAX, profil.moyenne + _UN_POINT)
        found.append(_Piste("Avec un point de moyenne de plus", Changement(moyenne=more)))
    return [*found, *_other_specialites(socle, profil, mesures), *_other_domaines(socle, profil, mesures)]


def _other_specialites(socle: Socle, profil: Profil, mesures: Mesures) -> list[_Piste]:
    """While they can still be chosen: which two to keep in terminale, or one more before that."""
    if profil.bac != _BAC_GENERAL or profil.niveau == _TERMINALE:
        return []
    known, libelle = profil.specialites, socle.catalogue.libelle
    if len(known) > _NB_TERMINALE:
        return [
            _Piste(f"En gardant {join_fr([libelle(one) for one in kept])} en terminale", Changement(specialites=kept))
            for kept in combinations(known, _NB_TERMINALE)
        ]
    strong = mesures.specialite_forte
    if strong is None:
        return []
    return [
        _Piste(
            f"Avec la spécialité {libelle(strong.specialite_id)}",
            Changement(specialites=(*known, strong.specialite_id)),
        )
    ]


def _other_domaines(socle: Socle, profil: Profil, mesures: Mesures) -> list[_Piste]:
    """The first domaine of the formation that the student has not chosen."""
    rows = socle.catalogue.rows(
        "SELECT domaine_id FROM formations_domaines WHERE formation_id = ? ORDER BY rang", (mesures.formation_id,)
    )
    missing = [one for (one,) in rows if one not in profil.interets][:1]
    return [
        _Piste(
            f"Avec le domaine «{NNBSP}{socle.catalogue.libelle(one)}{NNBSP}» parmi les goûts",
            Changement(interets=(*profil.interets, one)),
        )
        for one in missing
    ]


def _nearest_commune(socle: Socle, profil: Profil, mesures: Mesures) -> tuple[str, str] | None:
    """Commune of the vœu nearest to a preferred proche, when even that one is far."""
    known = mesures.distances[0] if mesures.distances else None
    if known is None or known.km is None or known.km < _KM_LOIN:
        return None
    (commune,) = socle.catalogue.communes((known.commune_id,))
    if commune.lat is None or commune.lng is None:
        return None
    for voeu, _ in socle.catalogue.voeux_near(mesures.formation_id, ((commune.lat, commune.lng),), None):
        for (code,) in socle.catalogue.rows("SELECT code_insee FROM voeux WHERE id = ?", (voeu.id,)):
            if code and code not in profil.communes:
                return code, socle.catalogue.libelle(code)
    return None
