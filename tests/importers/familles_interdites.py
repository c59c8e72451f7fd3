"""Titles of the columns that must stay in the file, by family, as software and teachers write them."""

from __future__ import annotations

from types import MappingProxyType

INTERDITES = MappingProxyType({
    "adresse": (
        "Adresse", "Adresse 1", "Ligne Adresse 1", "Adresse postale", "Rue", "Code Postal", "Lib. Postal",
        "Adresse de l'élève", "CP", "Ville", "Commune de résidence", "Adresse des parents", "Domicile",
    ),
    "telephone": (
        "Tél. Personnel", "Tél. Portable", "Téléphone", "Portable", "Tel", "N° de téléphone", "Mobile", "GSM",
        "Téléphone portable de l'élève",
    ),
    "courriel": ("Email", "Adresse E-mail", "Mail", "Courriel", "E-mail", "Mél", "Mail élève"),
    "responsables": (
        "Nom Resp. Lég. 1", "Nom de famille Repr. Lég. 1", "Prénom Repr. Lég. 2", "Responsable légal 1", "Père",
        "Mère", "Nom du père", "Nom de la mère", "Prénom de la mère", "Parents", "Nom du responsable",
        "Nom de famille repr. légal", "Courriel autre repr. légal", "Profession du père", "Représentant légal",
        "Tél. Portable Repr. Lég. 1", "Civilité Repr. Lég. 1", "Situation familiale", "Fratrie",
        "Date de naissance du responsable", "Contact d'urgence",
    ),
    "tuteur": ("Tuteur", "Tutrice", "Tuteur légal", "Nom du tuteur"),
    "nationalite": ("Nationalité", "Pays Nat.", "Pays Naiss.", "Pays de naissance", "Né(e) à", "Commune Naiss.",
                    "Lieu de naissance", "Ville de naissance", "Département de naissance"),
    "bourse": ("Lib. Bourse 1", "Code Bourse 1", "Boursier", "Bourse", "Échelon de bourse", "Boursier des lycées"),
    "sante": (
        "PAI", "PAP", "PPS", "Projet d'accompagnement", "Allergies", "Présence Doss. Médic.", "Santé", "Handicap",
        "Aménagements", "Aménagement d'épreuves", "GEVASCO", "Notification MDPH", "Dys", "Régime alimentaire",
        "Suivi médical", "AESH", "Vaccinations", "Médecin traitant", "Tiers temps",
    ),
    "opinions": ("Religion", "Origine", "Syndicat"),
})  # fmt: skip
