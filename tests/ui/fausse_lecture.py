"""Counts, milestones and findings of invented people, without any engine."""

from __future__ import annotations

from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP, fold
from mps_desktop.services.views import (
    CompteurLigne,
    ConstatLigne,
    EleveLigne,
    EquilibreVue,
    FavoriLigne,
    FavoriRecord,
    JalonLigne,
    ProfilRecord,
    PropositionLigne,
    VoeuLigne,
)
from tests.ui.monde import CLASSES_VOEUX, ESTIMATIONS, FORMATIONS, LIEUX, FakeEleve, FakeOptions, voeux_of


class FakeReading:
    """What a fake dossier says of its people, worked out from their profiles alone."""

    options: FakeOptions
    eleves: dict[int, FakeEleve]
    broken: dict[str, Exception]

    def _check(self, name: str) -> None:
        if name in self.broken:
            raise self.broken.pop(name)

    def _eleve(self, eleve_id: int) -> FakeEleve:
        if eleve_id not in self.eleves:
            raise EnvironmentFault("Cet élève n’est plus dans le dossier.", "Revenez à la classe.")
        return self.eleves[eleve_id]

    def _read(self, paths: tuple[Path, ...]) -> list[tuple[int, tuple[str, str, str]]]:
        rows: list[tuple[int, tuple[str, str, str]]] = []
        for path in paths:
            if not path.exists():
                raise EnvironmentFault(f"Le fichier « {path.name} » est introuvable.", "Choisissez-en un autre.")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], start=2):
                nom, prenom, classe = (*line.split(";"), "", "")[:3]
                rows.append((number, (nom, prenom, classe)))
        return rows

    def _counts(self, profil: ProfilRecord) -> dict[str, int]:
        classes = [self._voeu(f, v).classe for f in profil.favoris for v in f.voeux]
        return {key: classes.count(key) for key in CLASSES_VOEUX}

    def _voeu(self, favori: FavoriRecord, voeu: str) -> VoeuLigne:
        rank = int(voeu[-1])
        estimee = CLASSES_VOEUX[rank]
        stated = favori.classes_enseignant.get(voeu, "")
        return VoeuLigne(
            voeu,
            favori.formation_id,
            self.options.libelle(favori.formation_id),
            f"Lycée fictif {LIEUX[rank]}",
            LIEUX[rank],
            5 + 30 * rank,
            stated or estimee,
            estimee,
            "",
            stated,
            ESTIMATIONS[estimee],
            (f"taux d’accès 2024{NNBSP}: 38{NNBSP}%",),
            ("120 candidats de bac général, 46 propositions (2023).",),
        )

    def _jalon(self, profil: ProfilRecord) -> JalonLigne:
        done = sum(len(favori.voeux) >= 3 for favori in profil.favoris)
        expected = max(1, len(profil.favoris))
        reached = bool(profil.favoris) and done == expected
        missing = () if reached else ("Au moins trois vœux par formation, répartis entre A+, A et B.",)
        return JalonLigne("Trois vœux par formation avant fin février.", reached, done, expected, missing)

    def _constats(self, profil: ProfilRecord) -> tuple[ConstatLigne, ...]:
        counts = self._counts(profil)
        if sum(counts.values()) and not counts["B"]:
            return (ConstatLigne("AUCUN_B", 3, "Aucun vœu sécurisant dans la liste.", "Ajoutez au moins un vœu B."),)
        return ()

    def _missing(self, profil: ProfilRecord) -> tuple[tuple[str, str], ...]:
        fields = {
            "Baccalauréat": profil.bac,
            "Moyenne générale": profil.moyenne,
            "Domaines professionnels": profil.domaines,
            "Centres d’intérêt": profil.interets,
            "Formations retenues": profil.favoris,
        }
        return tuple((label, "utile aux suggestions") for label, value in fields.items() if value in (None, ()))

    def _completeness(self, profil: ProfilRecord) -> int:
        return 100 - 20 * len(self._missing(profil))

    def _ligne(self, e: FakeEleve) -> EleveLigne:
        counts = self._counts(e.profil)
        bac = self.options.libelle(e.profil.bac) if e.profil.bac else ""
        specialites = ", ".join(map(self.options.libelle, e.profil.specialites))
        return EleveLigne(
            e.id, e.nom, e.prenom, e.classe, e.niveau, bac, specialites, "", self._completeness(e.profil),
            len(e.profil.favoris), len(e.profil.metiers), counts["A+"], counts["A"], counts["B"], counts["?"],
            self._jalon(e.profil), self._constats(e.profil), fold(f"{e.nom} {e.prenom} {e.classe} {bac}"),
            ecart_declare=2 if any(f.niveau_ambition == 1 for f in e.profil.favoris) else 0,
        )  # fmt: skip

    def _propositions(self, profil: ProfilRecord) -> tuple[PropositionLigne, ...]:
        """The first vœu that each favourite has not, then a formation that is not kept."""
        kept = {favori.formation_id for favori in profil.favoris}
        found: list[PropositionLigne] = []
        for code in (*sorted(kept), *[f for f in FORMATIONS if f not in kept][:1]):
            chosen = {v for f in profil.favoris if f.formation_id == code for v in f.voeux}
            rest = [voeu for voeu in voeux_of(code) if voeu not in chosen]
            if rest and profil.favoris:
                ligne = self._voeu(FavoriRecord(code), rest[0])
                solved = (f"Règle{NNBSP}: aucun vœu sécurisant (B)",)
                found.append(
                    PropositionLigne(
                        code, self.options.libelle(code), ligne, code not in kept, solved, "près des villes"
                    )
                )
        return tuple(found)

    def load_equilibre(self, eleve_id: int, /) -> EquilibreVue:
        self._check("load_equilibre")
        e = self._eleve(eleve_id)
        favoris = tuple(
            FavoriLigne(
                favori.formation_id,
                self.options.libelle(favori.formation_id),
                {1: "B", 2: "A", 3: "A+"}.get(favori.niveau_ambition, ""),
                favori.note,
                tuple(self._voeu(favori, voeu) for voeu in favori.voeux),
                favori.attendus_lus,
            )
            for favori in e.profil.favoris
        )
        counts = self._counts(e.profil)
        gaps = {key: max(0, 1 - counts[key]) for key in ("A+", "A", "B")}
        return EquilibreVue(
            eleve_id,
            favoris,
            counts,
            gaps,
            self._jalon(e.profil),
            self._constats(e.profil),
            ("Parcoursup, session 2025",),
            chance="entre 6 et 8 chances sur 10" if e.profil.favoris else "",
            chance_note="Calcul prudent sur les vœux estimés.",
            compteurs=(CompteurLigne("Vœux", sum(counts.values()), 10, "limite de la session 2026"),),
            propositions=self._propositions(e.profil),
            refus=("Vœu A+ pour la formation d’essai : aucun vœu estimé ne convient.",) if e.profil.favoris else (),
        )
