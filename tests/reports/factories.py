"""Realistic conference reports about people who do not exist."""

from __future__ import annotations

from dataclasses import replace

from mps_desktop.core.text import NNBSP, sort_key, typography
from mps_desktop.reports.data import (
    ConferenceReportData,
    ConstatReport,
    EleveReport,
    LigneSynthese,
    SuggestionReport,
    SyntheseReport,
    VoeuReport,
)

NOMS = (
    ("BIDON", "Zoé"),
    ("DE L’ESSAI", "Maëlys"),
    ("DUFICTIF", "Noé"),
    ("ĐỖ-EXEMPLE", "Minh"),
    ("FAUXNOM", "Jean-Christophe"),
    ("INVENTÉ", "Łukasz"),
    ("LE TESTEUR", "Œdipe"),
    ("MODÈLE", "Inès"),
    ("NGUYỄN-DÉMO", "Anh"),
    ("PERSONNE", "Şahin"),
    ("PROTOTYPE", "Ğizem"),
    ("SPÉCIMEN", "Ődön"),
)
_FORMATIONS = (
    ("BUT Informatique", "IUT d’Essai-sur-Loire", "Essai-sur-Loire"),
    ("Licence Mathématiques", "Université Fictive de l’Ouest", "Modèleville"),
    ("CPGE MPSI", "Lycée Hypothèse", "Grand-Exemple"),
    ("BTS Services informatiques aux organisations", "Lycée polyvalent Jeanne-Spécimen", "Bidonville-les-Bains"),
    ("BUT Génie électrique et informatique industrielle", "IUT de Nulle-Part", "Nulle-Part"),
    ("Licence Physique, chimie - parcours international", "Université Fictive du Centre", "Petit-Exemple"),
    ("Formation d’ingénieur bac + 5 (bacs général et STI2D)", "École nationale des essais", "Modèleville"),
)
_CHANCES = {
    "A+": "entre 1 et 3 chances sur 10",
    "A": "entre 3 et 6 chances sur 10",
    "B": "entre 8 et 9 chances sur 10",
    "?": "trop peu de candidats de cette série pour estimer",
}
_CONSTATS = (
    (3, "Aucun vœu sécurisant (B) dans la liste.", "Chercher avec l’élève deux vœux B dans les mêmes formations."),
    (
        2,
        "Tous les vœux sont à plus de 60 km des villes souhaitées.",
        "Vérifier le logement, ou élargir à l’apprentissage.",
    ),
    (
        2,
        "La classe déclarée de deux vœux est loin de l’estimation.",
        "Reprendre les chiffres de l’année passée ensemble.",
    ),
    (1, "Une seule formation est retenue.", "Ouvrir une deuxième piste à partir des suggestions."),
    (1, "Les attendus d’une formation n’ont pas été lus.", "Les lire avant le prochain entretien."),
    (3, "Un vœu n’existe plus à la session 2027.", "Le remplacer avant la fin de la saisie."),
)


def build_voeu(index: int, classe: str, **changes: object) -> VoeuReport:
    formation, etablissement, commune = _FORMATIONS[index % len(_FORMATIONS)]
    chiffres = (
        f"taux d’accès 2024{NNBSP}: {38 + index}{NNBSP}%",
        f"{24 + 8 * index} places",
        "admis du même bac : 71 %",
    )
    voeu = VoeuReport(
        etablissement, formation, commune, classe, _CHANCES[classe],
        tuple(map(typography, chiffres)) if classe != "?" else ("première session",),
        ("déclaré A+",) if index % 4 == 3 else (),
    )  # fmt: skip
    return replace(voeu, **changes)  # type: ignore[arg-type]


def build_voeux(classes: str) -> tuple[VoeuReport, ...]:
    """One wish per word, e.g. "A+ A A B ?"."""
    return tuple(build_voeu(index, classe) for index, classe in enumerate(classes.split()))


def build_suggestions(count: int) -> tuple[SuggestionReport, ...]:
    labels = ("BUT Informatique", "Licence Informatique", "BTS Cybersécurité, informatique et réseaux, électronique",
              "CPGE MP2I", "BUT Réseaux et télécommunications", "Licence Sciences cognitives")  # fmt: skip
    raisons = (
        "Les métiers qui l’intéressent y mènent : développeur, administrateur de réseaux.",
        "Ses spécialités sont celles de 64 % des admis.",
        "Proposée à moins de 30 km de Modèleville.",
    )
    return tuple(
        SuggestionReport(
            labels[index % len(labels)],
            1 - 0.13 * index,
            f"3 ans · {4 + index} établissements",
            tuple(map(typography, raisons[: 3 - index % 3])),
        )
        for index in range(count)
    )


def build_constats(count: int) -> tuple[ConstatReport, ...]:
    return tuple(ConstatReport(*_CONSTATS[index % len(_CONSTATS)]) for index in range(count))


def build_eleve(nom: str = "BIDON", prenom: str = "Zoé", **changes: object) -> EleveReport:
    eleve = EleveReport(
        nom=nom,
        prenom=prenom,
        classe="TG1",
        identite=(
            ("Classe", "TG1"),
            ("Né(e) le", "14/02/2009"),
            ("Bac", "Série générale"),
            ("Spécialités", "Mathématiques, Numérique et sciences informatiques"),
            ("Moyenne", "13,5/20"),
        ),
        profil=(
            ("Projet", "J’ai quelques pistes"),
            ("Domaines", "Informatique et numérique, Électronique et robotique"),
            ("Intérêts", "Résoudre des problèmes, coder, travailler en équipe"),
            ("Métiers", "Développeur ou développeuse informatique, roboticien ou roboticienne"),
            ("Études", "Plutôt longues (5 ans ou plus)"),
            ("Alternance", ""),
            ("Villes", "Modèleville, Grand-Exemple"),
        ),
        completude=86,
        suggestions=build_suggestions(4),
        message_suggestions="",
        voeux=build_voeux("A+ A A B"),
        message_voeux="",
        jalon="Jalon de terminale atteint : trois vœux répartis pour chaque formation.".replace(" :", f"{NNBSP}:"),
        jalon_atteint=True,
        jalon_manques=(),
        constats=build_constats(1),
    )
    return replace(eleve, **changes)  # type: ignore[arg-type]


def build_eleve_vide(nom: str = "DUFICTIF", prenom: str = "Noé") -> EleveReport:
    """A student of whom nothing is known but the roster."""
    return build_eleve(
        nom, prenom,
        identite=(("Classe", "TG1"), ("Né(e) le", "")),
        profil=tuple((label, "") for label in ("Projet", "Domaines", "Intérêts", "Métiers", "Études", "Villes")),
        completude=0,
        suggestions=(),
        message_suggestions="Le profil est vide : renseigner le bac et au moins un centre d’intérêt.",
        voeux=(),
        message_voeux="Aucun vœu n’est encore noté.",
        jalon="Jalon de terminale non atteint.",
        jalon_atteint=False,
        jalon_manques=("aucune formation retenue",),
        constats=(ConstatReport(3, "Aucun vœu n’est noté.", "Prévoir un entretien avant les vacances."),),
    )  # fmt: skip


def build_eleve_extreme(
    nom: str = "FAUXNOM DE LA TRÈS LONGUE-LISTE-D’ESSAI", prenom: str = "Marie-Bidonnette"
) -> EleveReport:
    """Twenty wishes, long labels, six findings, everything filled."""
    classes = "A+ A+ A+ A+ A+ A+ A+ A+ A A A A A A A B B B ? ?"
    long = (
        "Double diplôme - Licence Sciences de la vie et de la Terre, parcours accès santé - "
        "Langues, littératures et civilisations"
    )
    profil = "Informatique, électronique, robotique, mécanique, chimie, " * 3
    voeux = tuple(
        replace(
            voeu, formation=long if index % 3 == 0 else voeu.formation, autres_classes=("déclaré A", "enseignant A+")
        )
        for index, voeu in enumerate(build_voeux(classes))
    )
    return build_eleve(
        nom, prenom,
        profil=tuple((f"Rubrique {index}", profil) for index in range(8)),
        suggestions=build_suggestions(5),
        voeux=voeux,
        message_voeux="Sans établissement choisi : BUT Réseaux et télécommunications, Licence Sciences cognitives.",
        jalon="Jalon de terminale non atteint : il manque un vœu B à deux formations retenues.",
        jalon_atteint=False,
        jalon_manques=("BUT Informatique : manque un vœu B", "Licence Mathématiques : manque un vœu A"),
        constats=build_constats(6),
        ecarts=(("A+", 0), ("A", 1), ("B", 3)),
    )  # fmt: skip


def build_ligne(eleve: EleveReport) -> LigneSynthese:
    classes = [voeu.classe for voeu in eleve.voeux]
    return LigneSynthese(
        nom=eleve.nom,
        prenom=eleve.prenom,
        bac="Générale",
        nb_formations=len({voeu.formation for voeu in eleve.voeux}),
        nb_ambitieux=classes.count("A+"),
        nb_realiste=classes.count("A"),
        nb_securisant=classes.count("B"),
        nb_insuffisant=classes.count("?"),
        jalon_atteint=eleve.jalon_atteint,
        constat=eleve.constats[0].phrase if eleve.constats else "",
    )


def build_classe(count: int = 12) -> tuple[EleveReport, ...]:
    """A varied class, in alphabetical order."""
    listes = ("A+ A A B", "A+ A+ A+", "A B B", "", "A+ A A A B B ?", "B B B", "A+ A+ A A B B B", "A", "? ?", "A+ A B")
    eleves: list[EleveReport] = []
    for index in range(count):
        nom, prenom = NOMS[index % len(NOMS)]
        if index >= len(NOMS):
            nom = f"{nom}-{index}"
        voeux = build_voeux(listes[index % len(listes)])
        if not voeux:
            eleves.append(build_eleve_vide(nom, prenom))
            continue
        complete = {"A+", "A", "B"} <= {voeu.classe for voeu in voeux}
        eleves.append(
            build_eleve(
                nom, prenom,
                voeux=voeux,
                suggestions=build_suggestions(3 + index % 3),
                jalon_atteint=complete,
                jalon=f"Jalon de terminale {'atteint' if complete else 'non atteint'}.",
                jalon_manques=() if complete else ("BUT Informatique : trois vœux à répartir",),
                constats=() if complete else build_constats(1 + index % 5),
            )
        )  # fmt: skip
    return tuple(sorted(eleves, key=lambda eleve: sort_key(eleve.nom)))


def build_data(eleves: tuple[EleveReport, ...] | None = None, **changes: object) -> ConferenceReportData:
    eleves = build_classe() if eleves is None else eleves
    size = len(eleves)
    reached = sum(eleve.jalon_atteint for eleve in eleves)
    data = ConferenceReportData(
        titre="Préparation de l’orientation — TG1",
        annee="2026-2027",
        date="24 novembre 2026",
        synthese=SyntheseReport(
            classe="TG1",
            effectif=size,
            indicateurs=(
                ("Jalon atteint", f"{reached} sur {size}"),
                ("Sans aucun vœu", f"{sum(not e.voeux for e in eleves)} sur {size}"),
                ("Sans vœu sécurisant (B)", f"3 sur {size}"),
                ("Profil rempli, en moyenne", f"74{NNBSP}%"),
            ),
            lignes=tuple(build_ligne(eleve) for eleve in eleves),
            constats=tuple((phrase, 1 + index) for index, (_, phrase, _) in enumerate(_CONSTATS)),
        ),
        eleves=eleves,
        sources=(
            "Parcoursup, vœux et propositions, session 2024 — MESR (Licence Ouverte 2.0)",
            "Cartographie des formations, session 2026 — MESR (Licence Ouverte 2.0)",
            "Fiches formations et métiers — Onisep (ODbL 1.0)",
            "Communes de France — Insee (Licence Ouverte 2.0)",
        ),
        avertissement=typography(
            "Les classes A+, A et B sont des estimations tirées de chiffres publics agrégés : elles ne connaissent "
            "ni le dossier de l’élève, ni celui des autres candidats, et ne promettent rien."
        ),
        fictif=True,
    )
    return replace(data, **changes)  # type: ignore[arg-type]
