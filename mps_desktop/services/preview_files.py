"""Read roster files and tell what they hold, without any dossier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mps_desktop.importers.lot import read_rosters
from mps_desktop.importers.rows import RosterReading, RosterRow
from mps_desktop.services.run_results import ApercuFichiers, EleveApercu, FichierApercu, RejetApercu


def preview_files(paths: tuple[Path, ...]) -> ApercuFichiers:
    """What each file holds: recognised form, students, rejected lines, columns not read.

    Raises:
        EnvironmentFault: a file cannot be read as a roster.
    """
    readings = read_rosters(paths)
    apercu = ApercuFichiers(
        fichiers=tuple(_describe(reading) for reading in readings),
        eleves=tuple(_eleve(reading.fichier, row) for reading in readings for row in reading.rows),
        rejets=tuple(
            RejetApercu(reading.fichier, rejet.ligne, rejet.raison, rejet.extrait)
            for reading in readings
            for rejet in reading.rejets
        ),
        non_lu=tuple(dict.fromkeys(header for reading in readings for header in reading.non_lu)),
    )
    if len(apercu.fichiers) != 1:
        return apercu
    (only,) = apercu.fichiers
    return replace(
        apercu,
        source=only.source,
        confiance=only.confiance,
        encodage=only.encodage,
        separateur=only.separateur,
        lignes_entete=only.lignes_entete,
        colonnes=only.colonnes,
        avertissements=only.avertissements,
        voeux_seuls=only.voeux_seuls,
    )


def _describe(reading: RosterReading) -> FichierApercu:
    return FichierApercu(
        fichier=reading.fichier,
        source=reading.logiciel,
        confiance=reading.confiance,
        encodage=reading.encodage,
        separateur=reading.separateur,
        lignes_entete=reading.lignes_entete,
        colonnes=reading.colonnes,
        non_lu=reading.non_lu,
        avertissements=reading.avertissements,
        voeux_seuls=reading.voeux_seuls,
    )


def _eleve(fichier: str, row: RosterRow) -> EleveApercu:
    return EleveApercu(
        fichier=fichier,
        ligne=row.ligne,
        nom=row.nom,
        prenom=row.prenom,
        classe=row.classe,
        naissance=row.naissance.isoformat() if row.naissance else "",
        sexe=row.sexe,
        ine=row.ine,
        niveau=row.niveau,
        bac=row.bac,
        specialites=row.specialites,
        langues=row.langues,
        options=row.options,
        moyenne=row.moyenne,
        voeux=row.voeux,
    )
