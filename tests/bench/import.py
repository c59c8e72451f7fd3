"""A SIECLE export of 2,000 invented students, from the files to the committed dossier."""  # noqa: N999  the command is ``./mps bench import``

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from mps_desktop.app import build_socle
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import create_dossier
from mps_desktop.storage.keys import KdfParameters
from tests.importers.siecle_factice import NOMENCLATURE, eleve, eleves_xml, option, structure, zipped

_ELEVES, _CLASSE = 2000, 35


def run(arguments: list[str]) -> dict[str, object]:
    """Import in new dossiers, then once more in the last one, where nothing is left to change.

    Args:
        arguments: ``--eleves N`` (2,000 by default), ``--fois N`` (5 by default).
    """
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    count, times = int(options.get("--eleves", str(_ELEVES))), int(options.get("--fois", "5"))
    socle = build_socle(build_paths())
    try:
        with tempfile.TemporaryDirectory(prefix="mps-import-") as temporary:
            folder = Path(temporary)
            files = _write(folder, count)
            found = [_import(socle, folder / f"dossier{number}", files) for number in range(times)]
    finally:
        socle.catalogue.close()
    first, again, added = zip(*found, strict=True)
    return {
        "eleves": added[0],
        f"siecle_{count}_s": round(statistics.median(first), 3),
        f"siecle_{count}_max_s": round(max(first), 3),
        f"siecle_{count}_inchanges_s": round(statistics.median(again), 3),
        "fois": times,
    }


def _import(socle: Socle, folder: Path, files: tuple[Path, ...]) -> tuple[float, float, int]:
    """Seconds of a first import and of the same again, and how many students the first added."""
    with create_dossier(folder, "Lycée inventé", "phrase tout à fait fictive", KdfParameters(8, 1, 1)) as opened:
        session = DossierSession(socle, opened, date(2026, 11, 24))
        start = time.perf_counter()
        resultat = session.import_roster(files, "", Progress())
        first = time.perf_counter() - start
        start = time.perf_counter()
        session.import_roster(files, "", Progress())
        return first, time.perf_counter() - start, resultat.nb_ajoutes


def _write(folder: Path, count: int) -> tuple[Path, ...]:
    """The zipped files of an export: students with languages, options and classes, then the nomenclature."""
    numbers = range(1, count + 1)
    xml = eleves_xml(
        [eleve(number, f"INVENTÉ-{_letters(number)}") for number in numbers],
        [option(number, "030201", "061300") for number in numbers],
        [structure(number, f"TG{1 + number // _CLASSE}") for number in numbers],
    )
    students, names = folder / "ExportXML_ElevesSansAdresses.zip", folder / "ExportXML_Nomenclature.zip"
    students.write_bytes(zipped(ElevesSansAdresses_xml=xml))
    names.write_bytes(zipped(Nomenclature_xml=NOMENCLATURE.encode("iso8859-15")))
    return names, students


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 26)
        text = chr(65 + rest) + text
    return text
