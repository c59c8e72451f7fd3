"""The entry of this tool in the register of processing activities of the lycée, ready to hand over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mps_desktop.core.dates import annee_scolaire, long_date
from mps_desktop.core.files import make_folder
from mps_desktop.core.text import NNBSP
from mps_desktop.reports.document import DocumentData, SectionDoc, write_document

_A_REMPLIR = "……………………………………………………"


def write_registre(target: Path, today: date, etablissement: str = "", responsable: str = "", auteur: str = "") -> Path:
    """Write the entry as a PDF; what is not known is left to fill in by hand.

    Args:
        etablissement: name of the lycée; responsable: its head; auteur: the teacher who uses the tool.

    Raises:
        EnvironmentFault: the place cannot be written.
    """
    make_folder(target.parent)
    sections = (
        SectionDoc(
            "Le traitement",
            (
                ("Nom", f"Préparation de l’orientation des élèves avec MPS Bureau, année {annee_scolaire(today)}"),
                ("Responsable du traitement", f"{responsable or _A_REMPLIR}, chef d’établissement"),
                ("Établissement", etablissement or _A_REMPLIR),
                ("Mis en œuvre par", auteur or f"{_A_REMPLIR} (professeur principal ou psyEN)"),
                ("Délégué à la protection des données", f"Délégué de l’académie{NNBSP}: {_A_REMPLIR}"),
                (
                    "Finalité",
                    "Suivre les projets d’orientation, préparer les entretiens, les vœux et les conseils de classe.",
                ),
                ("Base légale", "Mission d’intérêt public (RGPD, article 6, 1, e). Le consentement n’est pas la base."),
            ),
        ),
        SectionDoc(
            "Les personnes et les données",
            (
                ("Personnes concernées", "Les élèves des classes suivies, de la seconde à la terminale."),
                (
                    "Données",
                    "Nom, prénom, classe et niveau. Si la liste les donne, date de naissance, sexe et INE. Bac, "
                    "spécialités, "
                    "moyenne générale, goûts et projet dits par l’élève, formations et vœux, avis motivés des "
                    "enseignants, "
                    "notes d’entretien, avis et décisions du conseil de classe.",
                ),
                (
                    "Jamais enregistré",
                    "Adresse, téléphone, famille, nationalité, bourse, santé, aménagements (PAI, PAP, PPS). Ces "
                    "colonnes sont "
                    "écartées dès la lecture du fichier.",
                ),
                (
                    "Origine",
                    "Listes de SIECLE, PRONOTE, École Directe ou Parcoursup tenues par le lycée, et l’élève lui-même.",
                ),
                (
                    "Destinataires",
                    "Le professeur principal, le conseil de classe pour les documents imprimés, le chef "
                    "d’établissement.",
                ),
                (
                    "Notes du psyEN",
                    "Dans un compartiment à part, chiffré par sa propre clé, illisible pour les enseignants.",
                ),
                ("Hors de l’Union européenne", "Aucun transfert. Le logiciel fonctionne sans réseau et n’envoie rien."),
            ),
        ),
        SectionDoc(
            "La conservation",
            (
                ("Durée", "L’année scolaire. Un rappel s’affiche quand elle est finie."),
                (
                    "Effacement",
                    "Commande de purge par année ou par classe, avec aperçu, preuve d’effacement sans nom et "
                    "liste des "
                    "sauvegardes qui contiennent encore les données.",
                ),
                (
                    "Sauvegardes",
                    f"À côté du dossier, chiffrées par la même clé{NNBSP}: les dix dernières, une par jour "
                    "pendant deux semaines, une par semaine pendant un an. La purge peut les effacer aussi.",
                ),
            ),
        ),
        SectionDoc(
            "La sécurité",
            (
                (
                    "Chiffrement",
                    "Base SQLCipher (AES-256), clé aléatoire protégée par mot de passe (Argon2id) et clé de "
                    "secours imprimée.",
                ),
                (
                    "Accès",
                    "Un mot de passe par dossier, verrouillage après inactivité, un seul poste en écriture à la fois.",
                ),
                ("Traçabilité", "Journal de qui a fait quoi et quand, sans valeur personnelle."),
                (
                    "Consignes",
                    "Poste à session personnelle, aucun dossier synchronisé dans un nuage, documents imprimés "
                    "détruits après le conseil.",
                ),
                (
                    "Risques restants",
                    "Documents imprimés ou exportés hors du dossier, mot de passe partagé, poste infecté.",
                ),
            ),
        ),
        SectionDoc(
            "Les droits",
            (
                ("Information", "Donnée aux élèves et à leurs responsables légaux au début de l’année."),
                ("Accès", "Export des données d’un élève, lisible (PDF) et réutilisable (JSON)."),
                (
                    "Rectification",
                    f"Par le professeur principal{NNBSP}: la date et la partie corrigée restent au journal.",
                ),
                ("Effacement, opposition", "Auprès du chef d’établissement."),
                ("Contact", _A_REMPLIR),
            ),
        ),
        SectionDoc("Visa", (("Date", _A_REMPLIR), ("Signature du chef d’établissement", _A_REMPLIR))),
    )
    data = DocumentData(
        "Registre des activités de traitement",
        f"Fiche préparée le {long_date(today)}, à relire, compléter et signer.",
        sections,
        "Fiche proposée par MPS Bureau. Elle engage l’établissement une fois relue et signée.",
    )
    write_document(data, target)
    return target
