from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.catalogue.abreviations import LONGEST, MEANINGS
from mps_desktop.catalogue.index import Index
from mps_desktop.catalogue.indexation import Entree, index_columns
from mps_desktop.catalogue.mots import content_words, fold_all, forms
from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.catalogue.schema import GENRES_RECHERCHE
from mps_desktop.catalogue.search import masculine, read_query, search
from mps_desktop.catalogue.tableaux import decode, encode
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import fold
from tests.catalogue.factories import BUT, LICENCE, write_catalogue


def ids(catalogue: Catalogue, texte: str, *genres: str) -> list[str]:
    return [hit.id for hit in search(catalogue, texte, genres)]


class Few:
    """An index of a few labels, through the packed form of the catalogue."""

    def __init__(self, *labels: str) -> None:
        self._labels = {str(number): label for number, label in enumerate(labels)}
        entrees = [Entree(key, label, "", 0.5) for key, label in self._labels.items()]
        self._index = Index(decode(encode(index_columns({"formation": entrees}))))

    def ranked(self, texte: str, indulgent: bool = False, required: int | None = None) -> list[tuple[float, str]]:
        mots = read_query(texte)
        matched = self._index.match(mots, indulgent)
        found = self._index.candidates(["formation"], matched, len(mots) if required is None else required)
        return [(score, self._labels[key]) for score, key in self._index.rank(found["formation"], matched, 10)]

    def labels(self, texte: str, indulgent: bool = False, required: int | None = None) -> list[str]:
        return [label for _, label in self.ranked(texte, indulgent, required)]


QUELQUES = Few("Licence - Droit", "BTS - Tourisme", "Œnologie à l’Haÿ", "")

# On the tiny catalogue


@pytest.mark.parametrize(
    "texte", ["fromagerie", "FROMAGERIE", " fromageries ", "fromag", "licence fromagerie", "fromagerie licence"]
)
def test_a_formation_however_it_is_typed(petit: Catalogue, texte: str):
    assert ids(petit, texte, "formation")[0] == LICENCE


@pytest.mark.parametrize("texte", ["genie bulles", "Génie-des-bulles", "bulles génie", "gb", "dut bulle", "géni bules"])
def test_accents_hyphens_order_plural_abbreviation_and_typos(petit: Catalogue, texte: str):
    assert ids(petit, texte, "formation") == [BUT]


@pytest.mark.parametrize(("texte", "code"), [("00110", "00101"), ("l'hay", "00103"), ("st faux", "00102")])
def test_communes(petit: Catalogue, texte: str, code: str):
    assert ids(petit, texte, "commune") == [code]


def test_every_genre_is_searched_when_none_is_named(petit: Catalogue):
    assert {hit.genre for hit in search(petit, "test")} >= {"commune", "etablissement"}
    assert {hit.genre for hit in search(petit, "fromage")} >= {"formation", "domaine"}
    assert {hit.genre for hit in search(petit, "trou")} == {"interet"}


def test_a_voeu_is_found_by_formation_and_commune_but_not_without_formation(petit: Catalogue):
    (hit,) = search(petit, "fromagerie testville", ("voeu",))
    assert (hit.id, hit.libelle, hit.detail) == ("ta1", "Licence - Fromagerie", "Université du Test (Testville)")
    assert ids(petit, "oublié", "voeu") == []


def test_a_voeu_that_is_no_longer_offered_comes_after(petit: Catalogue):
    assert ids(petit, "fromagerie", "voeu")[-1] == "ta3"


def test_scores_are_sorted_and_within_bounds(petit: Catalogue):
    scores = [hit.score for hit in search(petit, "test")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_limit(petit: Catalogue):
    assert len(search(petit, "testville", limite=1)) == 1
    assert search(petit, "testville", limite=0) == ()


@pytest.mark.parametrize("texte", ["", "   ", "…!?", "xyzzyx", "qwertyuiop asdfghjkl"])
def test_nothing_to_find(petit: Catalogue, texte: str):
    assert search(petit, texte) == ()


def test_an_unknown_genre_finds_nothing(petit: Catalogue):
    assert search(petit, "testville", ("planete",)) == ()


def test_most_of_the_words_are_enough_when_all_are_nowhere(petit: Catalogue):
    hits = search(petit, "licence fromagerie introuvable", ("formation",))
    assert hits[0].id == LICENCE
    assert hits[0].score < search(petit, "licence fromagerie", ("formation",))[0].score


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_any_text_is_answered(texte: str):
    for indulgent in (True, False):
        ranked = QUELQUES.ranked(f"{texte} drot tourism bts", indulgent, 1)
        assert all(0 <= score <= 1 for score, _ in ranked)


# Pieces


@given(st.lists(st.text(max_size=20), max_size=8))
def test_folding_many_labels_is_folding_each(labels: list[str]):
    plain = [label.replace(".", " ") for label in labels]
    assert fold_all(plain) == [fold(label) for label in plain]


def test_dotted_letters_are_one_word():
    assert fold_all(["I.U.T. de Lannion", "D.E Infirmier", "e.a. b"]) == ["iut de lannion", "de infirmier", "ea b"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Coiffeur / coiffeuse", ("Coiffeur", "coiffeuse")),
        ("Infirmier / infirmière humanitaire", ("Infirmier humanitaire", "infirmière humanitaire")),
        ("Agent immobilier / agente immobilière", ("Agent immobilier", "agente immobilière")),
        ("Licence - Histoire / Géographie", ("Licence - Histoire / Géographie",)),
        ("Astronaute", ("Astronaute",)),
    ],
)
def test_forms_of_a_metier(label: str, expected: tuple[str, ...]):
    assert forms(label) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("infirmiere", "infirmier"), ("actrice", "acteur"), ("coiffeuse", "coiffeur"), ("mere", None), ("droit", None)],
)
def test_masculine(word: str, expected: str | None):
    assert masculine((word,)) == (((expected,),) if expected else ())


def test_words_that_say_nothing_are_kept_alone_only():
    assert content_words(["le", "mans"]) == ["mans"]
    assert content_words(["la", "les"]) == ["la", "les"]
    assert [mot.lectures[0] for mot in read_query("fac de droit")] == [("fac",), ("droit",)]
    assert [mot.lectures[0] for mot in read_query("les")] == [("les",)]


def test_the_longest_expression_wins():
    (mot,) = read_query("école de commerce")
    assert mot.lectures == (("ecole", "commerce"), ("ecole", "commerce", "management"))


def test_only_a_word_being_typed_is_unfinished():
    assert [mot.unfinished for mot in read_query("bts tour")] == [False, True]
    assert [mot.unfinished for mot in read_query("bts tour ")] == [False, False]


def test_meanings_are_folded_and_not_empty():
    assert all(typed and all(meaning for meaning in meanings) for typed, meanings in MEANINGS.items())
    assert all(fold(" ".join(typed)).split() == list(typed) for typed in MEANINGS)
    assert max(map(len, MEANINGS)) == LONGEST


def test_the_shortest_label_wins():
    few = Few("Licence - Droit - Accès santé", "Licence - Droit", "Droit du travail et droit social")
    assert few.labels("droit")[0] == "Licence - Droit"


def test_the_order_of_the_words_decides_between_equal_labels():
    few = Few("Chimie - Physique", "Physique - Chimie")
    assert few.labels("physique chimie")[0] == "Physique - Chimie"
    assert few.labels("chimie physique")[0] == "Chimie - Physique"


def test_errors_are_noise_beside_the_very_word():
    assert Few("Droit", "Doit", "Droiture").labels("droit") == ["Droit", "Droiture"]
    assert Few("Doit", "Lettres").labels("droit") == ["Doit"]


def test_each_entry_may_hold_its_own_error():
    assert set(Few("Droit letres", "Doit lettres").labels("droit lettres")) == {"Droit letres", "Doit lettres"}


def test_entries_that_match_different_words_are_all_given():
    few = Few("Chimie et droit", "Droit et lettres", "Musique")
    assert set(few.labels("chimie droit lettres", True, 2)) == {"Chimie et droit", "Droit et lettres"}


def test_a_rare_word_counts_more_than_a_common_one_when_one_is_missing():
    few = Few("BTS Photographie", "BTS Banque", "BTS Tourisme", "Vendeur en animalerie")
    assert few.labels("bts animalerie", True, 1)[0] == "Vendeur en animalerie"


def test_a_plural_is_not_the_beginning_of_another_word():
    assert Few("Nanterre").labels("nantes ") == []
    assert Few("Nanterre", "Nante").labels("nantes ") == ["Nante"]


def test_a_word_that_may_be_left_out():
    few = Few("Infirmier", "Banque", "École de danse")
    assert few.labels("école infirmier") == ["Infirmier"]
    assert few.labels("école danse") == ["École de danse"]
    assert few.labels("école") == ["École de danse"]


def test_an_abbreviation_still_being_typed():
    assert read_query("miash")[0].lectures[1][:3] == ("mathematiques", "informatique", "appliquees")
    assert len(read_query("miash ")[0].lectures) == 1


def test_the_affinity_decides_between_close_scores_only(livre: Catalogue):
    plain = search(livre, "bts maintenance véhicules", ("formation",), 3)
    last = plain[-1]
    assert plain[0].score - last.score < 0.04
    liked = search(livre, "bts maintenance véhicules", ("formation",), 3, {last.id: 1.0})
    assert liked[0] == last
    assert search(livre, "licence droit", ("formation",), 3, {last.id: 1.0})[0].libelle == "Licence - Droit"
    far = search(livre, "licence droit", ("formation",), 20)[-1]
    assert search(livre, "licence droit", ("formation",), 20, {far.id: 1.0})[0].libelle == "Licence - Droit"


def test_a_lycee_that_teaches_after_the_bac_is_shown_once(livre: Catalogue):
    hits = search(livre, "lycée bréquigny rennes")
    assert [hit.id for hit in hits].count("0350028R") == 1
    assert search(livre, "lycée bréquigny rennes", ("lycee",))[0].genre == "lycee"


def test_the_index_gives_the_same_bytes_whatever_the_order():
    entrees = [Entree("a", "Droit", "fac", 0.5), Entree("b", "Lettres", "", 0.5), Entree("c", "Banque", "", 0.9)]
    columns = [encode(index_columns({"formation": given})) for given in (entrees, entrees[::-1])]
    assert columns[0] == columns[1]


def test_a_damaged_index_is_said(tmp_path: Path):
    path = write_catalogue(tmp_path / "catalogue.sqlite")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE tableaux SET contenu = ? WHERE nom = 'recherche'", (encode({"genres": ["x"]}),))
    with closing(open_catalogue(path)) as catalogue, pytest.raises(EnvironmentFault, match="abîmé"):
        search(catalogue, "droit")


# On the catalogue shipped with the program: query, genre and beginning of the label expected first.

EXPECTED = [
    ("droit", "formation", "Licence - Droit"),
    ("fac de droit", "formation", "Licence - Droit"),
    ("lea", "formation", "Licence - LEA"),
    ("L.E.A.", "formation", "Licence - LEA"),
    ("langues etrangeres appliquees", "formation", "Licence - LEA"),
    ("staps", "formation", "Licence - STAPS"),
    ("PASS", "formation", "PASS"),
    ("médecine", "formation", "PASS"),
    ("las droit", "formation", "Licence - Droit - Accès santé"),
    ("aes", "formation", "Licence - Administration économique et sociale"),
    ("svt", "formation", "Licence - Sciences de la vie"),
    ("fac d'histoire", "formation", "Licence - Histoire"),
    ("licence eco gestion", "formation", "Licence - Économie et gestion"),
    ("psycologie", "formation", "Licence - Psychologie"),
    ("mathematique", "formation", "Licence - Mathématiques"),
    ("ifsi", "formation", "Diplôme d’État - Infirmier"),
    ("éduc spé", "formation", "Diplôme d’État - Éducateur Spécialisé"),
    ("eje", "formation", "Diplôme d’État - Éducateur de Jeunes Enfants"),
    ("assistante sociale", "formation", "Diplôme d’État - Assistant de Service Social"),
    ("veto", "formation", "École vétérinaire"),
    ("gea", "formation", "BUT - Gestion des entreprises et des administrations"),
    ("tc", "formation", "BUT - Techniques de commercialisation"),
    ("mmi", "formation", "BUT - Métiers du multimédia et de l’internet"),
    ("geii", "formation", "BUT - Génie électrique et informatique industrielle"),
    ("dut gmp", "formation", "BUT - Génie mécanique et productique"),
    ("dut info", "formation", "BUT - Informatique"),
    ("mesure physique", "formation", "BUT - Mesures physiques"),
    ("mpsi", "formation", "CPGE - MPSI"),
    ("prepa bcpst", "formation", "CPGE - BCPST"),
    ("prépa ecg", "formation", "CPGE - ECG"),
    ("khâgne", "formation", "CPGE - Lettres"),
    ("BTS muc", "formation", "BTS - Management Commercial Opérationnel"),
    ("ndrc", "formation", "BTS - Négociation et digitalisation"),
    ("sio", "formation", "BTS - Services informatiques aux organisations"),
    ("sp3s", "formation", "BTS - Services et prestations des secteurs sanitaire et social"),
    ("bts tourisme", "formation", "BTS - Tourisme"),
    ("tourisme bts", "formation", "BTS - Tourisme"),
    ("oenologie", "formation", "BTSA - Viticulture-Œnologie"),
    ("dcg", "formation", "DCG"),
    ("scpo", "formation", "Sciences Po"),
    ("ecole d'ingenieur", "formation", "École d’ingénieurs"),
    ("école de commerce", "formation", "École de commerce et de management"),
    ("kiné", "metier", "Masseur-kinésithérapeute"),
    ("psy", "metier", "Psych"),
    ("infirmière", "metier", "Infirmier"),
    ("coifeuse", "metier", "Coiffeur"),
    ("instit", "metier", "Professeur des écoles"),
    ("prof des écoles", "metier", "Professeur des écoles"),
    ("sage femme", "metier", "Sage-femme"),
    ("astronote", "metier", "Astronaute"),
    ("vétérinaires", "metier", "Vétérinaire"),
    ("ren", "commune", "Rennes"),
    ("35000", "commune", "Rennes"),
    ("st etienne", "commune", "Saint-Étienne"),
    ("l'hay les roses", "commune", "L’Haÿ-les-Roses"),
    ("saint denis 93", "commune", "Saint-Denis"),
    ("paris 15", "commune", "Paris 15e"),
    ("marseile", "commune", "Marseille"),
    ("lycée louis le grand", "etablissement", "Lycée Louis Le Grand"),
    ("iut lannion", "etablissement", "I.U.T de Lannion"),
    ("université de nantes", "etablissement", "Nantes Université"),
    ("psycho", "domaine", "Psychologie"),
    ("voyage", "interet", "Voyager"),
    ("ecologie", "interet", "Défendre l’écologie"),
    ("but info lannion", "voeu", "BUT - Informatique"),
    ("licence psycho rennes", "voeu", "Licence - Psychologie"),
]


@pytest.mark.parametrize(("texte", "genre", "beginning"), EXPECTED, ids=[f"{g}-{t}" for t, g, _ in EXPECTED])
def test_expected_first(livre: Catalogue, texte: str, genre: str, beginning: str):
    hits = search(livre, texte, (genre,))
    assert hits
    assert hits[0].libelle.startswith(beginning), [hit.libelle for hit in hits[:3]]


@pytest.mark.parametrize(
    ("texte", "genre", "beginning"),
    [
        ("droit", "formation", "Licence - Droit"),
        ("staps", "formation", "Licence - STAPS"),
        ("gea", "formation", "BUT - Gestion des entreprises"),
        ("mpsi", "formation", "CPGE - MPSI"),
        ("bts mco", "formation", "BTS - Management Commercial"),
        ("infirmière", "metier", "Infirmier"),
        ("notaire", "metier", "Notaire"),
        ("rennes", "commune", "Rennes"),
        ("paris", "commune", "Paris"),
        ("enseigner", "interet", "Enseigner"),
        ("lycée louis le grand", "etablissement", "Lycée Louis Le Grand"),
    ],
)
def test_expected_first_among_everything(livre: Catalogue, texte: str, genre: str, beginning: str):
    hit = search(livre, texte)[0]
    assert hit.genre == genre
    assert hit.libelle.startswith(beginning)


def test_commune_and_formation_together_narrow_the_voeux(livre: Catalogue):
    hits = search(livre, "bts tourisme lyon", ("voeu",))
    assert hits
    assert all("Lyon" in hit.detail and "Tourisme" in hit.libelle for hit in hits)


def test_every_hit_can_be_read_back(livre: Catalogue):
    for genre in GENRES_RECHERCHE:
        for hit in search(livre, "art", (genre,), 5):
            assert hit.genre == genre
            assert livre.libelle(hit.id) != hit.id
