"""Closed lists of the dossier. The value is what is stored; values are those of MonProjetSup."""

from __future__ import annotations

from enum import StrEnum


class Niveau(StrEnum):
    """Level of a student or of a class."""

    SECONDE = "seconde"
    PREMIERE = "premiere"
    TERMINALE = "terminale"


class Sexe(StrEnum):
    """As school software gives it."""

    FEMININ = "F"
    MASCULIN = "M"


class Situation(StrEnum):
    """How far the student's project is."""

    AUCUNE_IDEE = "aucune_idee"
    QUELQUES_PISTES = "quelques_pistes"
    PROJET_PRECIS = "projet_precis"


class DureeEtudes(StrEnum):
    """Length of studies that the student has in mind."""

    INDIFFERENT = "indifferent"
    COURTE = "courte"
    LONGUE = "longue"
    AUCUNE_IDEE = "aucune_idee"


class Alternance(StrEnum):
    """Interest in apprenticeship."""

    PAS_INTERESSE = "pas_interesse"
    INDIFFERENT = "indifferent"
    INTERESSE = "interesse"
    TRES_INTERESSE = "tres_interesse"


class ClasseEnseignant(StrEnum):
    """Class of a vœu stated by the teacher."""

    AMBITIEUX = "A+"
    REALISTE = "A"
    SECURISANT = "B"
