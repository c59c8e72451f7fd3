"""Two lists of suggestions side by side: the student's, and the one of a hypothetical profile."""

from __future__ import annotations

from collections.abc import Iterable

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.engine.et_si import Comparaison, Mouvement, compare
from mps_desktop.services.pourquoi import ordinal
from mps_desktop.services.profils import engine_profil
from mps_desktop.services.socle import Socle
from mps_desktop.services.vues_raisons import EtSiVue, MouvementLigne
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

LIMITE = 30


class CompareHypothese:
    """What the list would become. Nothing is written.

    Args:
        socle: catalogue and engine.
        database: the open dossier.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database

    def __call__(self, eleve_id: int, hypothese: ProfilRecord, limite: int = LIMITE) -> EtSiVue:
        """Moves among the first suggestions if the student had this profile.

        Raises:
            EnvironmentFault: the student is no longer in the dossier.
        """
        with self._database.read() as session:
            eleve = EleveRepository(session).get(eleve_id)
        before, after = engine_profil(eleve.profil, eleve.niveau), engine_profil(hypothese, eleve.niveau)
        return describe(self._socle, eleve_id, compare(self._socle.moteur, before, after, limite))


def describe(socle: Socle, eleve_id: int, found: Comparaison) -> EtSiVue:
    """The comparison in French."""
    moved = sorted((one for one in found.restent if one.gain), key=lambda one: -abs(one.gain))

    def lines(moves: Iterable[Mouvement]) -> tuple[MouvementLigne, ...]:
        return tuple(
            MouvementLigne(
                one.formation_id, socle.catalogue.libelle(one.formation_id), one.avant, one.apres, _move(one)
            )
            for one in moves
        )

    return EtSiVue(
        eleve_id=eleve_id,
        resume=_summary(found, len(moved)),
        entrent=lines(found.entrent),
        montent=lines(one for one in moved if one.gain > 0),
        descendent=lines(one for one in moved if one.gain < 0),
        sortent=lines(found.sortent),
    )


def _summary(found: Comparaison, moved: int) -> str:
    if not (found.restent or found.entrent or found.sortent):
        return "Le profil ne dit pas encore assez des goûts de l’élève pour proposer des formations."
    if found.immobile:
        return f"Rien ne bouge parmi les {found.limite} premières suggestions."
    return (
        f"Parmi les {found.limite} premières suggestions{NNBSP}: {plural(len(found.entrent), 'nouvelle')}, "
        f"{plural(moved, 'déplacée')}, {plural(len(found.restent) - moved, 'inchangée')}."
    )


def _move(one: Mouvement) -> str:
    before = "non proposée" if one.avant is None else ordinal(one.avant)
    after = "plus proposée" if one.apres is None else ordinal(one.apres)
    return f"{before} → {after}"
