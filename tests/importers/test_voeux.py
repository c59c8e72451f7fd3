from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.lot import TexteColle, read_rosters
from mps_desktop.importers.rows import RosterReading
from mps_desktop.importers.voeux import is_pasted, read_pasted, read_state

Read = Callable[[str, str], RosterReading]

ECRAN = """Mes vœux
Lycée Bidon (69 - LYON)
BTS - Services informatiques aux organisations - Avec Internat
Compte pour un vœu
VŒU CONFIRMÉ
Voir le détail
BUT - Informatique
Compte pour un vœu
I.U.T. Factice (2A - AJACCIO)
BUT - Informatique (apprentissage)
Compte pour un sous-vœu du vœu Vœu multiple : BUT - Informatique
Dossier incomplet ou non confirmé
Voir le détail
"""


def test_one_line_per_wish_becomes_one_student(read: Read):
    reading = read(
        "suivi.csv",
        "Nom;Prénom;Classe;N° vœu;Formation (vœu);Établissement (sous-vœu);Commune;Internat;État du vœu;"
        "Statut étudiant/apprenti\n"
        "BIDON;Zoé;TG1;1;CPGE - PCSI;Lycée A;LYON;Avec internat;VŒU CONFIRMÉ;ETUDIANT\n"
        "BIDON;Zoé;TG1;1;CPGE - PCSI;Lycée A;LYON;Sans internat;VŒU CONFIRMÉ;ETUDIANT\n"
        "BIDON;Zoé;TG1;2;BTS - SIO;Lycée B;NANTES;;DOSSIER INCOMPLET OU NON CONFIRMÉ;APPRENTI\n"
        "MODÈLE;Noé;TG1;;;;;;;\n",
    )
    zoe, noe = reading.rows
    assert [(v.formation, v.etablissement, v.commune, v.internat, v.confirme, v.numero) for v in zoe.voeux] == [
        ("CPGE - PCSI", "Lycée A", "LYON", "avec", True, 1),
        ("CPGE - PCSI", "Lycée A", "LYON", "sans", True, 1),
        ("BTS - SIO", "Lycée B", "NANTES", "", False, 2),
    ]
    assert [v.apprentissage for v in zoe.voeux] == [False, False, True]
    assert noe.voeux == ()
    assert reading.rejets == ()
    assert reading.logiciel == "Parcoursup"


def test_one_student_per_line_with_numbered_wishes(read: Read):
    reading = read(
        "recap.csv", "NOM Prénom;Classe;Vœu 1;Vœu 2\nBIDON Zoé;TG1;Licence - Droit;BTS - MCO (3 sous-vœux)\n"
    )
    assert [(v.formation, v.nb_sous_voeux, v.numero) for v in reading.rows[0].voeux] == [
        ("Licence - Droit", 0, 1), ("BTS - MCO", 3, 2),
    ]  # fmt: skip


def test_the_town_of_the_student_stays_in_the_file(read: Read):
    reading = read("liste.csv", "Nom;Prénom;Classe;Commune;Établissement\nBIDON;Zoé;TG1;SECRET;SECRET\n")
    assert "SECRET" not in repr(reading)
    assert reading.non_lu == ("Commune", "Établissement")


def test_wishes_copied_from_a_screen():
    reading = read_rosters([TexteColle(ECRAN)])[0]
    assert (reading.rows, reading.logiciel) == ((), "Parcoursup")
    first, second = reading.voeux_seuls
    assert (first.formation, first.etablissement, first.commune, first.internat, first.confirme) == (
        "BTS - Services informatiques aux organisations", "Lycée Bidon", "LYON", "avec", True,
    )  # fmt: skip
    assert (second.formation, second.commune, second.apprentissage, second.confirme) == (
        "BUT - Informatique", "AJACCIO", True, False,
    )  # fmt: skip
    assert [first.numero, second.numero] == [1, 2]


def test_a_list_copied_from_pronote():
    reading = read_rosters([TexteColle("Nom\tPrénom\tNé(e) le\tClasse\nBIDON\tZoé\t14/02/2009\tTG1\n")])[0]
    assert [(row.nom, row.classe) for row in reading.rows] == [("BIDON", "TG1")]
    assert reading.fichier == "Presse-papiers"


@pytest.mark.parametrize("text", ["", "  \n", "bonjour", "Vœux\nVoir le détail\nVŒU CONFIRMÉ\nVoir le détail"])
def test_a_clipboard_without_list_says_what_to_do(text: str):
    with pytest.raises(EnvironmentFault) as caught:
        read_rosters([TexteColle(text)])
    assert caught.value.remede


@pytest.mark.parametrize(
    ("text", "state"),
    [("VŒU CONFIRMÉ", True), ("Oui", True), ("non confirmé", False), ("en attente", False), ("", None), ("?", None)],
)
def test_states(text: str, state: bool | None):
    assert read_state(text) is state


@given(st.text(max_size=300), st.lists(st.sampled_from([*ECRAN.splitlines(), ""]), max_size=25))
def test_any_screen_gives_wishes_with_a_label(noise: str, lines: list[str]):
    text = "\n".join([*lines, noise])
    if is_pasted(text):
        assert all(voeu.ligne > 0 and len(voeu.etablissement) > 0 for voeu in read_pasted(text))
