"""From the dossier to the conference report: one class synthesis, one page per student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from mps_desktop.core.dates import annee_scolaire, long_date, numeric_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NBSP, NNBSP, join_fr
from mps_desktop.reports.data import (
    ConferenceReportData,
    ConstatReport,
    DecisionReport,
    EleveReport,
    EvolutionReport,
    LigneSynthese,
    SuggestionReport,
    SyntheseReport,
    VoeuReport,
)
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.phrases_constats import AVERTISSEMENT
from mps_desktop.services.phrases_sources import sources
from mps_desktop.services.profils import known_moyenne
from mps_desktop.services.socle import Socle
from mps_desktop.services.suggestions import suggest
from mps_desktop.services.suivi_classe import SuiviClasses
from mps_desktop.services.views import (
    EleveLigne,
    EquilibreVue,
    JalonLigne,
    SuggestionLigne,
    SuggestionsVue,
    SuiviClasse,
    VoeuLigne,
)
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import DecisionRecord, EleveRecord, ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.entretiens import DecisionRepository

_NB_SUGGESTIONS = 4
_LIBELLE_LONG = 45
_NB_RAISONS = 2
_NB_JOURS = 5


class ExportConferenceReport:
    """Draws the report of some students of one class.

    Args:
        socle: catalogue, parameters and engine.
        database: the open dossier.
        fictif: True prints that everybody is invented.
        suivi: the classes over time, None = no evolution is printed.
    """

    def __init__(
        self, socle: Socle, database: Database, fictif: bool = False, suivi: SuiviClasses | None = None
    ) -> None:
        self._socle = socle
        self._database = database
        self._fictif = fictif
        self._suivi = suivi

    def __call__(
        self, eleve_ids: tuple[int, ...] | None, classe: str | None, target: Path, today: date, progress: Progress
    ) -> Path:
        """Write the PDF and return its path.

        Args:
            eleve_ids: students to print; None = the whole class.
            classe: class of the synthesis; None = every student given, whatever the class.
            target: file to write; replaced only when the document is complete.

        Raises:
            EnvironmentFault: nobody to print, or the folder cannot be written.
            Cancelled: the user stopped; no file was written.
        """
        from mps_desktop.reports.conference_report import draw_conference_report

        make_folder(target.parent)
        with self._database.read() as session:
            eleves = EleveRepository(session).list(classe)
            decisions = _last_decisions(DecisionRepository(session).list(), today)
        if eleve_ids is not None:
            eleves = tuple(eleve for eleve in eleves if eleve.id in set(eleve_ids))
        if not eleves:
            raise EnvironmentFault("Il n’y a aucun élève à imprimer.", "Choisissez une classe ou des élèves.")
        data = build_report(self._socle, eleves, classe or "", today, progress, self._fictif, decisions)
        if self._suivi is not None and classe and eleve_ids is None:
            lignes = Diagnostiqueur(self._socle, today).lignes(eleves)
            evolution = _evolution(self._suivi.load(classe, lignes))
            data = replace(data, synthese=replace(data.synthese, evolution=evolution))
        draw_conference_report(data, target, progress)
        return target


def build_report(
    socle: Socle,
    eleves: tuple[EleveRecord, ...],
    classe: str,
    today: date,
    progress: Progress,
    fictif: bool = False,
    decisions: Mapping[int, DecisionReport] = MappingProxyType({}),
) -> ConferenceReportData:
    """Everything that the document prints, computed once.

    Args:
        decisions: of the last conseil, by student.
    """
    diagnostiqueur = Diagnostiqueur(socle, today)
    lignes = diagnostiqueur.lignes(eleves)
    pages: list[EleveReport] = []
    for done, (eleve, ligne) in enumerate(zip(eleves, lignes, strict=True)):
        progress.step(f"Calcul des pages de {classe or 'la sélection'}", done, len(eleves))
        page = _page(socle, eleve, ligne, diagnostiqueur.equilibre(eleve), suggest(socle, eleve, _NB_SUGGESTIONS))
        pages.append(replace(page, decision=decisions.get(eleve.id)))
    title = join_fr(sorted({eleve.classe for eleve in eleves}))
    return ConferenceReportData(
        titre=f"Préparation de l’orientation — {title}",
        annee=annee_scolaire(today),
        date=long_date(today),
        synthese=_synthese(classe or title, lignes),
        eleves=tuple(pages),
        sources=sources(socle.catalogue.provenance()),
        avertissement=AVERTISSEMENT,
        fictif=fictif,
    )


def _page(
    socle: Socle, eleve: EleveRecord, ligne: EleveLigne, equilibre: EquilibreVue, suggestions: SuggestionsVue
) -> EleveReport:
    voeux = tuple(_voeu(voeu) for favori in equilibre.favoris for voeu in favori.voeux)
    without = [favori.libelle for favori in equilibre.favoris if not favori.voeux]
    message = "Aucun vœu n’est encore noté."
    if without:
        message = f"Sans établissement choisi{NNBSP}: {join_fr(without)}."
    elif voeux:
        message = ""
    return EleveReport(
        nom=eleve.nom,
        prenom=eleve.prenom,
        classe=eleve.classe,
        identite=_identite(socle, eleve),
        profil=_profil(socle, eleve.profil),
        completude=ligne.completude,
        suggestions=tuple(
            SuggestionReport(s.libelle, s.affinite, _detail(s), s.raisons[:_NB_RAISONS])
            for s in sorted(suggestions.lignes, key=lambda ligne: -ligne.affinite)
        ),
        message_suggestions=suggestions.message,
        voeux=voeux,
        message_voeux=message,
        jalon=equilibre.jalon.phrase,
        jalon_atteint=equilibre.jalon.atteint,
        jalon_manques=equilibre.jalon.manques,
        constats=tuple(ConstatReport(c.gravite, c.phrase, c.action) for c in equilibre.constats),
        ecarts=tuple(equilibre.ecarts.items()),
        chance=equilibre.chance,
        echeance=_due(equilibre.jalon),
    )


def _last_decisions(decisions: tuple[DecisionRecord, ...], today: date) -> dict[int, DecisionReport]:
    """The last decision about each student; that of a past school year says nothing of this conseil."""
    year = annee_scolaire(today)
    return {
        d.eleve_id: DecisionReport(f"{d.conseil}, {long_date(d.jour)}", d.avis, d.decision, d.auteur)
        for d in reversed(decisions)  # newest first: the newest is put last
        if annee_scolaire(d.jour) == year
    }


def _due(jalon: JalonLigne) -> str:
    """When the milestone is due, on paper only when the day is known and still matters."""
    known = jalon.echeance.startswith(f"Échéance{NNBSP}:")
    return jalon.echeance if known and not jalon.atteint else ""


def _short(libelle: str) -> str:
    """A long label without what it explains between brackets: Licence - STAPS."""
    return libelle.partition(" (")[0] if len(libelle) > _LIBELLE_LONG else libelle


def _detail(suggestion: SuggestionLigne) -> str:
    return f"déjà retenue · {suggestion.detail}" if suggestion.etat == "favori" else suggestion.detail


def _voeu(voeu: VoeuLigne) -> VoeuReport:
    opinions = (("estimation", voeu.estimee), ("élève", voeu.declaree), ("enseignant", voeu.enseignant))
    said = tuple((who, classe) for who, classe in opinions if classe not in ("", "?"))
    estimated = voeu.estimee not in ("", "?")
    differ = len({classe for _, classe in said}) > 1
    # All that was said when it differs; without an estimate, the class that counts is somebody's word: say whose.
    others = tuple(f"{who}{NNBSP}: {classe}" for who, classe in said) if differ or not estimated else ()
    return VoeuReport(
        etablissement=voeu.nom,
        formation=_short(voeu.formation),
        commune=voeu.commune,
        classe=voeu.classe,
        estimation=voeu.estimation,
        chiffres=voeu.chiffres,
        autres_classes=others,
        avis=voeu.avis,
    )


def _identite(socle: Socle, eleve: EleveRecord) -> tuple[tuple[str, str], ...]:
    profil = eleve.profil
    moyenne = known_moyenne(profil)
    pairs = (
        ("Classe", eleve.classe),
        ("Né(e) le", numeric_date(eleve.naissance) if eleve.naissance else ""),
        ("Bac", socle.options.libelle(profil.bac) if profil.bac else ""),
        ("Moyenne", "" if moyenne is None else f"{moyenne:g}/20".replace(".", ",")),
        ("Spécialités", ", ".join(socle.options.libelle(s) for s in profil.specialites)),
    )
    return tuple(pair for pair in pairs if pair[1])


def _profil(socle: Socle, profil: ProfilRecord) -> tuple[tuple[str, str], ...]:
    options = socle.options
    return (
        ("Projet", options.reponse("situation", profil.situation)),
        ("Domaines", ", ".join(map(options.libelle, profil.domaines))),
        ("Intérêts", ", ".join(map(options.libelle, profil.interets))),
        ("Métiers", ", ".join(map(options.libelle, profil.metiers))),
        ("Études", options.reponse("duree", profil.duree_etudes)),
        ("Alternance", options.reponse("alternance", profil.alternance)),
        ("Villes", ", ".join(map(options.libelle, profil.communes))),
    )


def _synthese(classe: str, lignes: tuple[EleveLigne, ...]) -> SyntheseReport:
    size = len(lignes)

    def share(count: int) -> str:
        return f"{count} sur {size}"

    constats = Counter((c.gravite, c.titre) for ligne in lignes for c in ligne.constats if c.gravite > 1)
    ranked = sorted(constats.items(), key=lambda item: (-item[0][0], -item[1], item[0][1]))
    return SyntheseReport(
        classe=classe,
        effectif=size,
        indicateurs=(
            ("Jalon atteint", share(sum(ligne.jalon.atteint for ligne in lignes))),
            ("Sans aucun vœu", share(sum(not ligne.nb_voeux for ligne in lignes))),
            ("Sans vœu sécurisant (B)", share(sum(bool(li.nb_voeux) and not li.nb_securisant for li in lignes))),
            ("Profil rempli, en moyenne", f"{round(sum(li.completude for li in lignes) / size)}{NNBSP}%"),
        ),
        lignes=tuple(
            LigneSynthese(
                nom=ligne.nom,
                prenom=ligne.prenom,
                bac=ligne.bac,
                nb_formations=ligne.nb_formations,
                nb_ambitieux=ligne.nb_ambitieux,
                nb_realiste=ligne.nb_realiste,
                nb_securisant=ligne.nb_securisant,
                nb_insuffisant=ligne.nb_insuffisant,
                jalon_atteint=ligne.jalon.atteint,
                constat=ligne.constats[0].titre if ligne.constats else "",
            )
            for ligne in lignes
        ),
        constats=tuple((titre, count) for (_, titre), count in ranked),
    )


def _evolution(suivi: SuiviClasse) -> EvolutionReport | None:
    """The first state, the last one and those between, a few at most; None without a past."""
    points = suivi.points
    if len(points) < 2:
        return None
    last = len(points) - 1
    wanted = min(_NB_JOURS, len(points))
    shown = [points[round(index * last / (wanted - 1))] for index in range(wanted)]
    return EvolutionReport(
        jours=tuple(numeric_date(point.jour) for point in shown),
        lignes=(
            ("Jalon atteint", tuple(f"{point.jalons_atteints} sur {point.effectif}" for point in shown)),
            ("Sans aucun vœu", tuple(str(point.sans_voeu) for point in shown)),
            ("Avec vœux, mais sans B", tuple(str(point.sans_securisant) for point in shown)),
            (
                f"Vœux A+{NBSP}/ A{NBSP}/ B",
                tuple(f"{p.nb_ambitieux}{NBSP}/ {p.nb_realiste}{NBSP}/ {p.nb_securisant}" for p in shown),
            ),
        ),
        parts=tuple(point.jalons_atteints / max(point.effectif, 1) for point in shown),
        phrase=suivi.phrase,
    )
