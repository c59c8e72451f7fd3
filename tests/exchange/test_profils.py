from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import french_spaces
from mps_desktop.exchange import profils as module
from mps_desktop.exchange.profils import FORMAT, read_profils, write_profils
from mps_desktop.exchange.records import FavoriLu, ProfilLu
from mps_desktop.storage.records import FavoriRecord, ProfilRecord

FULL = ProfilLu(
    nom="ŁUKASZ-TEST",
    prenom="Zoé",
    classe="TG1",
    situation="quelques_pistes",
    bac="Générale",
    specialites=("mat700", "mat10001076"),
    moyenne=13.5,
    domaines=("dom10",),
    interets=("ci7",),
    metiers=("MET.123",),
    duree_etudes="courte",
    alternance="interesse",
    communes=("35238", "2A004"),
    favoris=(FavoriLu("fl240", 2, ("ta1", "ta99999999"), {"ta1": "A+"}, "Porte ouverte\nle 6."), FavoriLu("fr22")),
    corbeille=("fl210",),
)
Write = Callable[[object], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(document: object) -> Path:
        path = tmp_path / "profils.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return to_file


def document(**changes: Any) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "eleves": [{"nom": "BIDON", "prenom": "Zoé"}, {"nom": "ESSAI", "prenom": "Léo", **changes}],
    }


def favori(**changes: Any) -> dict[str, Any]:
    return document(favoris=[{"formation_id": "fl1", **changes}])


def test_what_is_written_comes_back(tmp_path: Path):
    path = tmp_path / "profils.json"
    written = (
        FULL,
        ProfilLu("BIDON", "Ada"),
        replace(FULL, nom="MUET", moyenne=-1.0),
        replace(FULL, nom="NUL", moyenne=0.0),
    )
    write_profils(path, written)
    assert read_profils(path) == written
    assert path.read_text(encoding="utf-8").startswith('{\n  "format": "mps-bureau-profils/1"')
    write_profils(path, ())
    assert read_profils(path) == ()


def test_what_is_not_said_is_not_written(tmp_path: Path):
    path = tmp_path / "profils.json"
    write_profils(path, (ProfilLu("BIDON", "Zoé", favoris=(FavoriLu("fl1"),)),))
    assert json.loads(path.read_text(encoding="utf-8"))["eleves"] == [
        {"nom": "BIDON", "prenom": "Zoé", "favoris": [{"formation_id": "fl1"}]}
    ]


def test_a_wrong_profile_is_never_written(tmp_path: Path):
    path = tmp_path / "profils.json"
    write_profils(path, (FULL,))
    for wrong in (replace(FULL, nom=""), replace(FULL, moyenne=21.0), replace(FULL, bac="S")):
        with pytest.raises(EnvironmentFault):
            write_profils(path, (wrong,))
    assert read_profils(path) == (FULL,)


def test_the_fields_are_those_of_the_dossier():
    identity = {"nom", "prenom", "classe"}
    assert {field.name for field in fields(ProfilLu)} - identity == {field.name for field in fields(ProfilRecord)}
    assert {field.name for field in fields(FavoriLu)} | {"avis", "attendus_lus"} == {
        field.name for field in fields(FavoriRecord)
    }


def test_the_documented_example_can_be_read(tmp_path: Path):
    text = (Path(__file__).parents[2] / "resources/textes/profils.md").read_text(encoding="utf-8")
    path = tmp_path / "profils.json"
    path.write_text(text.split("```json")[1].split("```")[0], encoding="utf-8")
    (profil,) = read_profils(path)
    assert profil.favoris[0].classes_enseignant == {"ta1234": "A"}
    for name in (*(field.name for field in fields(ProfilLu)), *(field.name for field in fields(FavoriLu))):
        assert f"`{name}`" in text


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        (document(moyene=12), "eleves[1]", "le champ « moyene » n’existe pas, vouliez-vous dire « moyenne »"),
        (document(telephone="06"), "eleves[1]", "« telephone » n’existe pas"),
        (document(moyenne="12"), "eleves[1].moyenne", "un nombre est attendu, pas un texte"),
        (document(moyenne=True), "eleves[1].moyenne", "un nombre est attendu"),
        (document(moyenne=None), "eleves[1].moyenne", "pas une valeur vide"),
        (document(moyenne=20.5), "eleves[1].moyenne", "de 0 à 20"),
        (document(moyenne=-2), "eleves[1].moyenne", "de 0 à 20"),
        (document(moyenne=10**400), "eleves[1].moyenne", "démesuré"),
        (document(situation="perdu"), "eleves[1].situation", "aucune_idee, quelques_pistes, projet_precis"),
        (document(bac="S"), "eleves[1].bac", "« S » n’est pas permis"),
        (document(duree_etudes=3), "eleves[1].duree_etudes", "un texte est attendu"),
        (document(alternance="oui"), "eleves[1].alternance", "tres_interesse"),
        (document(specialites="mat700"), "eleves[1].specialites", "une liste est attendue, pas un texte"),
        (document(specialites=["700"]), "eleves[1].specialites[0]", "par exemple mat700"),
        (document(domaines=["dom1", "dom1"]), "eleves[1].domaines[1]", "deux fois"),
        (document(interets=[5]), "eleves[1].interets[0]", "un texte est attendu"),
        (document(metiers=["123"]), "eleves[1].metiers[0]", "MET.123"),
        (document(communes=["Rennes"]), "eleves[1].communes[0]", "35238"),
        (document(communes=["٣٥٢٣٨"]), "eleves[1].communes[0]", "35238"),
        (document(corbeille=["ta1"]), "eleves[1].corbeille[0]", "fl210"),
        (document(nom=" "), "eleves[1].nom", "vide"),
        (document(nom="x" * 101), "eleves[1].nom", "101 caractères"),
        (document(nom="\ud800"), "eleves[1].nom", "moitié de caractère"),
        (document(favoris={}), "eleves[1].favoris", "une liste est attendue"),
        (document(favoris=[[]]), "eleves[1].favoris[0]", "un objet est attendu"),
        (document(favoris=[{}]), "eleves[1].favoris[0]", "« formation_id » manque"),
        (document(favoris=[{"formation_id": "fl1"}] * 2), "eleves[1].favoris", "« fl1 » figure deux fois"),
        (document(favoris=[{"formation_id": "fl1"}], corbeille=["fl1"]), "eleves[1].favoris",
        "aussi dans la corbeille"),
        (favori(voeux=["ta1", "fl2"]), "eleves[1].favoris[0].voeux[1]", "ta1234"),
        (favori(niveau_ambition=4), "eleves[1].favoris[0].niveau_ambition", "de 0 à 3"),
        (favori(niveau_ambition=1.0), "eleves[1].favoris[0].niveau_ambition", "nombre entier"),
        (favori(niveau_ambition=True), "eleves[1].favoris[0].niveau_ambition", "nombre entier"),
        (favori(note="x" * 4000), "eleves[1].favoris[0].note", "3999 permis"),
        (favori(voeux=["ta1"], classes_enseignant={"ta1": "C"}), "classes_enseignant[ta1]", "A+, A, B"),
        (favori(classes_enseignant={"ta1": "A"}), "classes_enseignant[ta1]", "n’est pas dans la liste"),
        ({"format": FORMAT}, "", "« eleves » manque"),
        ({"format": FORMAT, "eleves": [], "date": 1}, "", "« date » n’existe pas"),
        ({"format": FORMAT, "eleves": {}}, "eleves", "une liste est attendue"),
        ({"format": FORMAT, "eleves": [{"nom": "BIDON"}]}, "eleves[0]", "« prenom » manque"),
        ({"format": "mps-bureau-profils/2", "eleves": []}, "", "au format « mps-bureau-profils/1 »"),
        ([], "", "au format"),
        ("texte", "", "au format"),
        (None, "", "au format"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named_with_its_place(write: Write, content: object, place: str, what: str):
    with pytest.raises(EnvironmentFault) as caught:
        read_profils(write(content))
    assert french_spaces(what) in caught.value.message
    assert place in caught.value.message
    assert "profils.json" in caught.value.message
    assert caught.value.remede.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"Nom;Pr\xe9nom", b'{"format": NaN}', b"[" * 100_000, b'{"format": Infinity}', b"9" * 5000,
        b"\xff\xfe{\x00",
    ],
)  # fmt: skip
def test_what_is_no_json(tmp_path: Path, data: bytes):
    path = tmp_path / "profils.json"
    path.write_bytes(data)
    with pytest.raises(EnvironmentFault, match="JSON"):
        read_profils(path)


def test_a_field_given_twice(tmp_path: Path):
    path = tmp_path / "profils.json"
    path.write_text('{"format": "mps-bureau-profils/1", "eleves": [], "eleves": []}', encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="deux fois"):
        read_profils(path)


def test_a_file_of_windows_with_its_mark_is_read(tmp_path: Path):
    path = tmp_path / "profils.json"
    path.write_text(json.dumps({"format": FORMAT, "eleves": []}), encoding="utf-8-sig")
    assert read_profils(path) == ()


def test_absent_folder_and_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for path in (tmp_path / "absent.json", tmp_path):
        with pytest.raises(EnvironmentFault, match="ne peut pas être lu"):
            read_profils(path)
    write_profils(tmp_path / "p.json", (FULL,))
    monkeypatch.setattr(module, "_MAX_BYTES", 10)
    with pytest.raises(EnvironmentFault, match="dépasse 20"):
        read_profils(tmp_path / "p.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 30) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([field.name for field in fields(ProfilLu)]), JSON))
def test_any_value_of_any_field_is_read_or_refused(write: Write, values: dict[str, Any]):
    path = write(document(**values))
    try:
        read = read_profils(path)
    except EnvironmentFault:
        return
    write_profils(path, read)
    assert read_profils(path) == read
