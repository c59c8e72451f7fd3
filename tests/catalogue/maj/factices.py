"""A small invented catalogue and official files in the exact shape of the real ones."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import datetime
from pathlib import Path

from mps_desktop.catalogue.construction.sources import read_own_table
from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.core.paths import find_resources
from tests.catalogue.factories import ROWS, write_catalogue

NOW = datetime.fromisoformat("2026-11-24T14:30:00+01:00")
CODES = (1, 4, *range(11, 21))
"""Vœux of the small catalogue that an admission file has published."""

_LIGNE = {
    "contrat_etab": "Public", "cod_uai": "0750004D", "g_ea_lib_vx": "IUT du Test", "dep": "00",
    "dep_lib": "Département Témoin", "region_etab_aff": "Région R", "acad_mies": "Académie A",
    "ville_etab": "Testville", "lib_for_voe_ins": "BUT - Génie des bulles", "select_form": "formation sélective",
    "fili": "BUT", "form_lib_voe_acc": "BUT - Production", "fil_lib_voe_acc": "Génie des bulles",
    "g_olocalisation_des_formations": "48.2, 2.2", "capa_fin": "32", "voe_tot": "400", "nb_voe_pp": "390",
    "nb_voe_pp_bg": "200", "nb_voe_pp_bt": "150", "nb_voe_pp_bp": "40", "prop_tot": "120", "acc_tot": "30",
    "acc_neobac": "28", "acc_bg": "18", "acc_bt": "8", "acc_bp": "2", "acc_mention_nonrenseignee": "0",
    "acc_sansmention": "8", "acc_ab": "10", "acc_b": "6", "acc_tb": "3", "acc_tbf": "1", "pct_aca_orig_idf": "71.0",
    "pct_bours": "20.0", "pct_bg": "64.0", "pct_bt": "29.0", "pct_bp": "7.0", "prop_tot_bg": "80",
    "prop_tot_bt": "35", "prop_tot_bp": "5", "taux_acces_ens": "52.0", "part_acces_gen": "60.0",
    "part_acces_tec": "33.0", "part_acces_pro": "7.0",
}  # fmt: skip


def write_small(path: Path, more_changes: dict[str, list[tuple[object, ...]]] | None = None) -> Path:
    """The tiny catalogue with ten more vœux of the BUT, published in 2023; other tables can be replaced."""
    model = next(row for row in ROWS["voeux"] if row[0] == "ta4")
    more = [(f"ta{code}", *model[1:]) for code in CODES[2:]]
    figures: list[tuple[object, ...]] = [(f"ta{code}", 2023, 30, 100, 50, 30, 50.0) for code in CODES[2:]]
    changes = {"voeux": [*ROWS["voeux"], *more], "voeux_sessions": [*ROWS["voeux_sessions"], *figures]}
    return write_catalogue(path, {**changes, **(more_changes or {})})


def make_depot(folder: Path) -> Depot:
    """A shipped catalogue and an empty place for the updated ones."""
    return Depot(write_small(folder / "catalogue.sqlite"), folder / "catalogues")


def official_text(
    session: int = 2026,
    codes: tuple[int, ...] = CODES,
    changes: dict[int, dict[str, str]] | None = None,
    separator: str = ";",
) -> str:
    """An admission file: 118 columns, a repeated label, percentages written "16.0"."""
    columns = [(row["nom"], row["libelle"]) for row in read_own_table(find_resources(), "colonnes_admissions.csv")]
    extra = [(f"inutile_{n}", f"Colonne sans usage {n}") for n in range(118 - len(columns))]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow([label for _, label in (*columns, *extra)])
    for code in codes:
        row = {**_LIGNE, "session": str(session), "cod_aff_form": str(code), **(changes or {}).get(code, {})}
        writer.writerow([row.get(name, "") for name, _ in (*columns, *extra)])
    return out.getvalue()


def write_official(path: Path, text: str | None = None, bom: bool = False) -> Path:
    """Write such a file, compressed when its name says so."""
    content = (text if text is not None else official_text()).encode("utf-8-sig" if bom else "utf-8")
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
