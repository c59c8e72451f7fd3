"""Files made to hurt, each read in a process of its own: seconds, peak memory, and whether it was refused clearly.

``python -m tests.bench.hostiles FILE`` is that process: it prints one line of JSON and writes nothing.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.importers.conftest import ods_archive, ods_bytes, xls_of, xlsx_bytes

LIMIT_S, LIMIT_MB = 10.0, 220.0
_TIMEOUT_S = 60
_ROOT = Path(__file__).resolve().parents[2]
_LISTE = "Nom;Prénom;Classe\nBIDON;Zoé;TG1\nMODÈLE;Noé;TG1\n"
_ROWS = [["Nom", "Prénom", "Classe"], ["BIDON", "Zoé", "TG1"], ["MODÈLE", "Noé", "TG1"]]
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "xl/worksheets/sheet1.xml"


def _zip(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _nested_bomb() -> bytes:
    data = _zip({"ElevesSansAdresses.xml": b"<BEE_ELEVES>" + b" " * 50_000_000})
    for _ in range(6):
        data = _zip({f"copie{copy}.zip": data for copy in range(8)})
    return data


def _laughs(root: str) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "ha">{entities}]>'
        f"<{root}><DONNEES><ELEVES><ELEVE><NOM>&e11;</NOM></ELEVE></ELEVES></DONNEES></{root}>"
    ).encode()


def _external(target: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE BEE_ELEVES [<!ENTITY x SYSTEM "{target}">]>'
        "<BEE_ELEVES><DONNEES><ELEVES><ELEVE><NOM>&x;</NOM></ELEVE></ELEVES></DONNEES></BEE_ELEVES>"
    ).encode()


def _sheet(rows: str, shared: str = "") -> bytes:
    """A workbook of one sheet: the XML of its rows, and of its shared texts."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"TG1": _ROWS}))) as source:
        members = {member: source.read(member) for member in source.namelist()}
    members[_SHEET] = f'{head}<worksheet xmlns="{_NS}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    if shared:
        members["xl/sharedStrings.xml"] = f'{head}<sst xmlns="{_NS}">{shared}</sst>'.encode()
    return _zip(members)


def _inline(rows: list[list[str]]) -> str:
    cells = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    return "".join(
        f'<row r="{r}">' + "".join(cells.format(c, r, text) for c, text in zip("ABC", row, strict=True)) + "</row>"
        for r, row in enumerate(rows, 1)
    )


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _grid(columns: int, rows: int, attributes: str, value: str, shared: str = "") -> bytes:
    """A full sheet of the same cell."""
    names = [_letters(number) for number in range(1, columns + 1)]
    return _sheet(
        "".join(
            f'<row r="{r}">' + "".join(f'<c r="{name}{r}"{attributes}>{value}</c>' for name in names) + "</row>"
            for r in range(1, rows + 1)
        ),
        shared,
    )


def _ods_rows(row: str) -> bytes:
    return ods_bytes("TG1", _ROWS, row)


def _macros() -> bytes:
    target = io.BytesIO(xlsx_bytes({"TG1": _ROWS}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Sub AutoOpen()" * 100)
    return target.getvalue()


_TEXT_INLINE, _NUMBER = "<is><t>x</t></is>", "<v>1</v>"
_LONG = "<si><t>" + "x" * 30_000 + "</t></si>"
_BLANK_ODS = '<table:table-cell table:number-columns-repeated="16384"/>'
_FULL_ODS = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="{}"><text:p>{}</text:p>'
    "</table:table-cell>"
)
_ENTITIES_ODS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">&b;'
    "</office:document-content>"
)

FICHIERS: Mapping[str, tuple[str, Callable[[], bytes]]] = MappingProxyType({
    "bombe_zip_plate": ("siecle.zip", lambda: _zip({"ElevesSansAdresses.xml": b"<BEE_ELEVES>" + b" " * 400_000_000})),
    "bombe_zip_imbriquee": ("siecle.zip", _nested_bomb),
    "bombe_dans_un_classeur": ("liste.xlsx", lambda: _zip({"xl/workbook.xml": b" " * 350_000_000})),
    "milliard_de_rires_siecle": ("eleves.xml", lambda: _laughs("BEE_ELEVES")),
    "milliard_de_rires_pronote": ("EXP_ELEVE.xml", lambda: _laughs("ELEVES")),
    "entites_dans_ods": ("liste.ods", lambda: ods_archive(_ENTITIES_ODS)),
    "entite_externe_fichier": ("eleves.xml", lambda: _external("file:///etc/hostname")),
    "entite_externe_adresse": ("eleves.xml", lambda: _external("http://exemple.invalid/x")),
    "lignes_vides_xlsx": (
        "liste.xlsx",
        lambda: _sheet(_inline(_ROWS) + "".join(f'<row r="{r}"/>' for r in range(4, 1_048_577))),
    ),
    "lignes_vides_ods": (
        "liste.ods",
        lambda: _ods_rows(f'<table:table-row table:number-rows-repeated="1048573">{_BLANK_ODS}</table:table-row>'),
    ),
    "cellule_repetee_ods": (
        "liste.ods",
        lambda: _ods_rows(
            f'<table:table-row table:number-rows-repeated="19000">{_FULL_ODS.format(290, "x")}</table:table-row>'
        ),
    ),
    "texte_repete_ods": (
        "liste.ods",
        lambda: _ods_rows(
            f'<table:table-row table:number-rows-repeated="100">{_FULL_ODS.format(290, "x" * 100_000)}'
            "</table:table-row>"
        ),
    ),
    "guillemets_20_mo": ("liste.csv", lambda: b"Nom;Prenom\n" + b'"' * 19_900_000),
    "guillemets_ouverts_20_mo": ("liste.csv", lambda: b"Nom;Prenom\n" + b'"BIDON;Zoe\n' * 1_900_000),
    "une_seule_ligne_20_mo": ("liste.csv", lambda: b"a;" * 9_900_000),
    "cases_20_mo": ("liste.csv", lambda: (b"x;" * 290 + b"\n") * 19_000),
    "lignes_20_mo": ("liste.csv", lambda: b"BIDON;Zoe;TG1\n" * 1_400_000),
    "lignes_vides_20_mo": ("liste.csv", lambda: _LISTE.encode() + b"\n" * 19_900_000),
    "lignes_vides_une_colonne_20_mo": ("liste.csv", lambda: b"BIDON Zoe\nMODELE Noe\n" + b"\n" * 19_900_000),
    "lignes_vides_puis_des_noms": ("liste.csv", lambda: _LISTE.encode() + b";;\n" * 60_000 + b"FICTIF;Lea;TG1\n"),
    "cellules_vides_stylees_xlsx": (
        "liste.xlsx",
        lambda: _sheet(
            _inline(_ROWS) + "".join(f'<row r="{r}"><c r="A{r}" s="0"/></row>' for r in range(4, 1_048_577))
        ),
    ),
    "siecle_sous_la_limite": (
        "siecle.zip", lambda: _zip({"ElevesSansAdresses.xml": b"<BEE_ELEVES>" + b" " * 59_000_000}),
    ),
    "siecle_trop_d_eleves": (
        "siecle.zip",
        lambda: _zip({
            "ElevesSansAdresses.xml": b"<BEE_ELEVES><DONNEES><ELEVES>"
            + b"".join(b'<ELEVE ELEVE_ID="%d"><NOM>B</NOM><PRENOM>Z</PRENOM></ELEVE>' % n for n in range(1_000_000))
        }),
    ),
    "xlsx_300_colonnes_20000_lignes": (
        "liste.xlsx", lambda: _grid(300, 20_000, ' t="inlineStr"', _TEXT_INLINE),
    ),
    "xlsx_nombres_300_colonnes_10000_lignes": ("liste.xlsx", lambda: _grid(300, 10_000, "", _NUMBER)),
    "xlsx_100_colonnes_5000_lignes": ("liste.xlsx", lambda: _grid(100, 5_000, ' t="inlineStr"', _TEXT_INLINE)),
    "xlsx_texte_partage_long": ("liste.xlsx", lambda: _grid(100, 2_000, ' t="s"', "<v>0</v>", _LONG)),
    "formules": (
        "liste.xlsx",
        lambda: xlsx_bytes({"TG1": [*_ROWS, ['=HYPERLINK("http://exemple.invalid")', "=1+1", "TG1"]]}),
    ),
    "macros": ("liste.xlsm", _macros),
    "mauvaise_extension": ("liste.csv", lambda: xlsx_bytes({"TG1": _ROWS})),
    "moitie_de_classeur": ("liste.xlsx", lambda: xlsx_bytes({"TG1": _ROWS})[:2000]),
    "moitie_de_xls": ("liste.xls", lambda: xls_of(_ROWS)[:2000]),
    "octets_nuls": ("liste.csv", lambda: _LISTE.replace("BIDON", "BI\x00DON\x00").encode()),
    "que_des_nuls": ("liste.csv", lambda: bytes(5_000_000)),
    "encodages_melanges": ("liste.csv", lambda: _LISTE.encode("utf-8") + _LISTE.encode("cp1252") * 3),
})  # fmt: skip
"""Name -> file name and its bytes."""

NOMS = (*FICHIERS, "creux_1_go")
LUS = frozenset((
    "lignes_vides_xlsx", "lignes_vides_ods", "lignes_vides_20_mo", "lignes_vides_une_colonne_20_mo",
    "cellules_vides_stylees_xlsx", "formules", "macros", "mauvaise_extension", "encodages_melanges",
))  # fmt: skip
"""Those that hold a list all the same; every other one must be refused."""


def write(name: str, folder: Path) -> Path:
    """Write one of them; ``creux_1_go`` is a sparse file of 1 GB."""
    if name == "creux_1_go":
        path = folder / "liste.csv"
        with path.open("wb") as file:
            file.write(_LISTE.encode())
            file.truncate(1_000_000_000)
        return path
    file_name, build = FICHIERS[name]
    path = folder / file_name
    path.write_bytes(build())
    return path


def measure(path: Path) -> dict[str, object]:
    """Read one file in a child process.

    Returns:
        ``issue`` (``lu``, ``refuse``, ``plantage``, ``bloque``), ``secondes`` of reading, ``memoire_mo`` peak of the
        child (interpreter and libraries included), ``eleves``, ``phrase`` said, ``ecritures`` beside the file.
    """
    before = {file.name for file in path.parent.iterdir()}
    command = [sys.executable, "-m", "tests.bench.hostiles", str(path)]
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return {"issue": "bloque", "secondes": _TIMEOUT_S, "memoire_mo": 0, "eleves": 0, "phrase": "", "ecritures": 0}
    if done.returncode:
        phrase = done.stderr[-300:]
        return {"issue": "plantage", "secondes": 0, "memoire_mo": 0, "eleves": 0, "phrase": phrase, "ecritures": 0}
    found: dict[str, object] = json.loads(done.stdout)
    return found | {"ecritures": len({file.name for file in path.parent.iterdir()} - before)}


def run(arguments: list[str]) -> dict[str, object]:
    """Every hostile file, or those named."""
    chosen = [name for name in arguments if name in NOMS] or list(NOMS)
    found: dict[str, dict[str, object]] = {}
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix="mps-hostile-") as folder:
            found[name] = measure(write(name, Path(folder)))
    return {
        "hostiles": {name: {key: one[key] for key in one if key != "phrase"} for name, one in found.items()},
        "hostiles_total": len(found),
        "hostiles_plantages": sum(one["issue"] in ("plantage", "bloque") for one in found.values()),
        "hostiles_secondes_max": max(float(str(one["secondes"])) for one in found.values()),
        "hostiles_memoire_mo_max": max(float(str(one["memoire_mo"])) for one in found.values()),
    }


def _peak_mb() -> float:
    """Peak memory of this process; ``ru_maxrss`` alone would count that of the process that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource  # no such module on Windows, where this is not measured

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _child(path: Path) -> None:
    from mps_desktop.core.errors import EnvironmentFault
    from mps_desktop.importers.lot import read_roster

    start = time.perf_counter()
    eleves, phrase = 0, ""
    try:
        eleves = len(read_roster(path).rows)
    except EnvironmentFault as exc:
        phrase = str(exc)
    seconds = time.perf_counter() - start
    answer = {
        "issue": "refuse" if phrase else "lu", "secondes": round(seconds, 2), "memoire_mo": round(_peak_mb(), 1),
        "eleves": eleves, "phrase": phrase,
    }  # fmt: skip
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
