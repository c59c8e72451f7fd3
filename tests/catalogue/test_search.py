from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.catalogue.abreviations import LONGEST, MEANINGS
from mps_desktop.catalogue.index import Entree, Index, content_words, fold_all, forms
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.schema import GENRES_RECHERCHE
from mps_desktop.catalogue.search import masculine, read_query, search
from mps_desktop.core.text import fold
from tests.catalogue.factories import BUT, LICENCE


def ids(catalogue: Catalogue, texte: str, *genres: str) -> list[str]:
    return [hit.id for hit in search(catalogue, texte, genres)]


def index_of(*labels: str) -> Index:
    return Index([Entree(label, label, "", "", 0.5) for label in labels])


def first(index: Index, texte: str) -> str | None:
    mots = read_query(texte)
    ranked = index.rank(mots, index.match(mots, strict=True), len(mots), 5)
    return ranked[0][1].id if ranked else None


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
    index = index_of("Licence - Droit", "BTS - Tourisme", "Œnologie à l’Haÿ", "")
    mots = read_query(f"{texte} drot tourism bts")
    for strict in (True, False):
        ranked = index.rank(mots, index.match(mots, strict), 1, 10)
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
    index = index_of("Licence - Droit - Accès santé", "Licence - Droit", "Droit du travail et droit social")
    assert first(index, "droit") == "Licence - Droit"


def test_the_order_of_the_words_decides_between_equal_labels():
    index = index_of("Chimie - Physique", "Physique - Chimie")
    assert first(index, "physique chimie") == "Physique - Chimie"
    assert first(index, "chimie physique") == "Chimie - Physique"


def test_errors_are_noise_beside_the_very_word():
    mots = read_query("droit")
    index = index_of("Droit", "Doit", "Droiture")
    assert [entree.id for _, entree in index.rank(mots, index.match(mots, strict=True), 1, 5)] == ["Droit", "Droiture"]
    alone = index_of("Doit", "Lettres")
    assert first(alone, "droit") == "Doit"


def test_each_entry_may_hold_its_own_error():
    mots = read_query("droit lettres")
    index = index_of("Droit letres", "Doit lettres")
    assert len(index.rank(mots, index.match(mots, strict=True), 2, 5)) == 2


def test_entries_that_match_different_words_are_all_given():
    mots = read_query("chimie droit lettres")
    index = index_of("Chimie et droit", "Droit et lettres", "Musique")
    matched = index.match(mots, strict=False)
    assert {entree.id for _, entree in index.rank(mots, matched, 2, 5)} == {"Chimie et droit", "Droit et lettres"}


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
