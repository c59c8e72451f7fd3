"""What the command line reports of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mps_desktop.importers.rows import ColonneLue, VoeuLu
from mps_desktop.services.views import EleveLigne


@dataclass(frozen=True, slots=True)
class LigneRejetee:
    """One line of a file that was not taken."""

    fichier: str
    ligne: int
    raison: str


@dataclass(frozen=True, slots=True)
class EleveResume:
    """One student in the summary table: the row of the class, and the first suggestion."""

    ligne: EleveLigne
    suggestion: str
    nb_suggestions: int


@dataclass(frozen=True, slots=True)
class ResultatRapport:
    """What ``demo`` and ``rapport`` did.

    Attributes:
        duree_s: wall-clock time of the whole job, seconds.
        fichiers: documents written, absolute.
        dossier: folder of the encrypted dossier kept, None when it was temporary.
        mot_de_passe: of the dossier kept (demonstration only), else empty.
    """

    eleves: tuple[EleveResume, ...]
    rejets: tuple[LigneRejetee, ...]
    avertissements: tuple[str, ...]
    fichiers: tuple[Path, ...]
    duree_s: float
    dossier: Path | None = None
    mot_de_passe: str = ""


@dataclass(frozen=True, slots=True)
class EleveApercu:
    """One student of a previewed file, all fields read."""

    fichier: str
    ligne: int
    nom: str
    prenom: str
    classe: str
    naissance: str
    sexe: str
    ine: str
    niveau: str
    bac: str
    specialites: tuple[str, ...]
    langues: tuple[str, ...]
    options: tuple[str, ...]
    moyenne: float | None
    voeux: tuple[VoeuLu, ...]


@dataclass(frozen=True, slots=True)
class RejetApercu:
    """One rejected line of a previewed file."""

    fichier: str
    ligne: int
    raison: str
    extrait: str


@dataclass(frozen=True, slots=True)
class FichierApercu:
    """What was recognised in a previewed file.

    Attributes:
        source: software that it comes from, as far as recognised, with ``confiance`` 0..1.
        lignes_entete: 1-based numbers of the header lines.
        colonnes: columns read with the field that they fill and how sure that is.
        voeux_seuls: wishes of one unnamed candidate, for a pasted screen.
    """

    fichier: str
    source: str
    confiance: float
    encodage: str
    separateur: str
    lignes_entete: tuple[int, ...]
    colonnes: tuple[ColonneLue, ...]
    non_lu: tuple[str, ...]
    avertissements: tuple[str, ...]
    voeux_seuls: tuple[VoeuLu, ...]


@dataclass(frozen=True, slots=True)
class ApercuFichiers:
    """What ``importer --apercu`` prints.

    Attributes:
        source … voeux_seuls: those of the file when there is only one; empty for several.
    """

    fichiers: tuple[FichierApercu, ...]
    eleves: tuple[EleveApercu, ...]
    rejets: tuple[RejetApercu, ...]
    non_lu: tuple[str, ...]
    source: str = ""
    confiance: float | None = None
    encodage: str = ""
    separateur: str = ""
    lignes_entete: tuple[int, ...] = ()
    colonnes: tuple[ColonneLue, ...] = ()
    avertissements: tuple[str, ...] = ()
    voeux_seuls: tuple[VoeuLu, ...] = ()


@dataclass(frozen=True, slots=True)
class ControleAutoTest:
    """One thing that the program checked of itself."""

    nom: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class ResultatAutoTest:
    """What ``auto-test`` found."""

    controles: tuple[ControleAutoTest, ...]
    duree_s: float

    @property
    def ok(self) -> bool:
        """True when every check passed."""
        return all(controle.ok for controle in self.controles)
