from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from mps_desktop.catalogue.opening import open_read_only
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import find_resources
from mps_desktop.services.parametres import load_parametres, load_textes

FILES = ("classes.toml", "equilibre.toml", "parcoursup.toml", "calendrier.toml", "constats.toml")


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    shutil.copytree(find_resources() / "parametres", tmp_path / "parametres")
    return tmp_path


def test_cuts_of_the_specification():
    seuils = load_parametres(find_resources()).seuils
    assert (seuils.ambitieux, seuils.securisant, seuils.securisant_bas) == (0.40, 0.80, 0.60)
    assert seuils.session == 2024
    assert seuils.candidats_min == 10
    assert 0 < seuils.mouvement.poids < 1
    assert seuils.mouvement.pression > 0
    assert seuils.moyenne.bruits["CPGE"] < seuils.moyenne.bruits["BTS"]


def test_limits_of_the_session():
    limites = load_parametres(find_resources()).regles.limites
    assert (limites.session, limites.voeux, limites.voeux_apprentissage) == (2026, 10, 10)
    assert (limites.sous_voeux, limites.sous_voeux_total) == (10, 20)
    counted = {categorie.code for categorie in limites.categories if categorie.comptee}
    assert counted == {"bts", "but", "cpge", "dn_made", "dna", "dcg", "efts"}
    assert {c.code for c in limites.categories if c.par_etablissement} == {"cpge", "efts"}
    assert {c.code for c in limites.categories if c.voeux_max == 5} == {"ifsi", "paramedical"}


def test_a_session_without_official_dates_gives_none():
    calendriers = load_parametres(find_resources()).calendriers
    assert calendriers[2026].publie
    voeux = calendriers[2026].etape("voeux")
    assert voeux is not None
    assert (str(voeux.debut), str(voeux.fin)) == ("2026-01-19", "2026-03-12")
    assert not calendriers[2027].publie
    assert calendriers[2027].etapes == ()
    assert calendriers[2027].etape("voeux") is None


def test_gravity_of_findings_comes_from_the_wording_file():
    parametres = load_parametres(find_resources())
    assert parametres.regles.gravites["AUCUN_B"] == parametres.textes.constats["AUCUN_B"].gravite == 3
    codes = {*parametres.textes.constats, *parametres.textes.manques}
    assert parametres.regles.gravites.keys() == codes


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["", "= pas du TOML", None, b"\xff\xfe\xfa"])
def test_a_damaged_file_is_named(resources: Path, name: str, damage: str | bytes | None):
    file = resources / "parametres" / name
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage if isinstance(damage, bytes) else damage.encode())
    with pytest.raises(EnvironmentFault, match=name) as caught:
        load_parametres(resources)
    assert caught.value.remede


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("classes.toml", "ambitieux = 0.40", "ambitieux = 0.90"),
        ("classes.toml", "securisant_bas = 0.60", "securisant_bas = 0.95"),
        ("classes.toml", "poids = 0.5", "poids = 1.5"),
        ("classes.toml", "pression = 0.8", "pression = -0.8"),
        ("classes.toml", "bruit = 2.2", "bruit = 0.0"),
        ("classes.toml", "BTS = 2.8", "BTS = -1.0"),
        ("classes.toml", "lien = 1.0 ", "lien = 0.0 "),
        ("classes.toml", "concentration = 10.0", "concentratoin = 10.0"),
        ("equilibre.toml", "rayon_km = 50.0", "rayon = 50.0"),
        ("equilibre.toml", "part_commune = 0.5", "part_commune = 1.0"),
        ("equilibre.toml", "rayons_km = [50.0, 100.0, 200.0]", "rayons_km = [200.0, 50.0]"),
        ("parcoursup.toml", "comptee = true", "comptee = true\nautre = 2"),
        ("parcoursup.toml", "multiple = true", "multiple = false"),
        ("parcoursup.toml", 'code = "but"', 'code = "bts"'),
        ("constats.toml", 'geste = "profil"', 'geste = "danser"'),
        ("constats.toml", "gravite = 3", "gravite = 4"),
        ("calendrier.toml", "publie = true", "publi = true"),
    ],
)
def test_values_that_make_no_sense_are_refused(resources: Path, name: str, old: str, new: str):
    file = resources / "parametres" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EnvironmentFault, match=name):
        load_parametres(resources)


def test_families_are_those_of_the_catalogue():
    """A family that is misspelt would silently take the default: apostrophes are curled there."""
    file = find_resources() / "catalogue" / "catalogue.sqlite"
    if not file.is_file():
        pytest.skip("catalogue pas encore construit")
    with closing(open_read_only(file)) as base:
        families = {fili for (fili,) in base.execute("SELECT DISTINCT fili FROM voeux")}
    parametres = load_parametres(find_resources())
    limites = parametres.regles.limites
    assert {*parametres.seuils.moyenne.bruits, *(f for c in limites.categories for f in c.filis)} <= families


def test_every_beginning_of_a_category_is_that_of_a_formation():
    file = find_resources() / "catalogue" / "catalogue.sqlite"
    if not file.is_file():
        pytest.skip("catalogue pas encore construit")
    with closing(open_read_only(file)) as base:
        labels = [label for (label,) in base.execute("SELECT libelle FROM formations")]
    limites = load_parametres(find_resources()).regles.limites
    unused = [d for c in limites.categories for d in c.debuts if not any(label.startswith(d) for label in labels)]
    assert unused == []


def test_sentences_alone(resources: Path):
    textes = load_textes(resources)
    assert textes.constats["AUCUN_VOEU"].phrase_un == textes.constats["AUCUN_VOEU"].phrase
    assert textes.jalons.keys() == {"seconde", "premiere", "terminale", "inconnu"}
