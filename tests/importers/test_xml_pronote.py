from __future__ import annotations

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.xml_pronote import read_xml

ELEVES = """<?xml version="1.0" encoding="UTF-8"?><TABLE nom="Elèves">
<Eleves numero="2"><NOM>BIDON</NOM><PRENOM>Zoé</PRENOM><CLASSE>TG1, &lt;TG1&gt; GR1</CLASSE><OPTION_1/></Eleves>
<Eleves numero="3"><NOM>D'ESSAI</NOM><PRENOM>Noël</PRENOM><OPTION_1>SC. ECONO.&amp; SOCIALES</OPTION_1></Eleves>
</TABLE>"""


def test_one_row_per_student_one_column_per_field():
    table = read_xml(ELEVES.encode(), "EXP_ELEVE.xml")
    lignes = table.feuilles[0].lignes
    assert lignes[0].cellules == ("NOM", "PRENOM", "CLASSE", "OPTION_1")
    assert (lignes[1].numero, lignes[1].cellules) == (2, ("BIDON", "Zoé", "TG1, <TG1> GR1", ""))
    assert lignes[2].cellules[3] == "SC. ECONO.& SOCIALES"


@pytest.mark.parametrize(
    "text",
    [
        ELEVES[:-20],
        ELEVES.replace("</NOM>", "</NOMS>"),
        '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaa">]><TABLE><Eleves><NOM>&a;</NOM></Eleves></TABLE>',
        '<?xml version="1.0" encoding="klingon"?><TABLE><Eleves/></TABLE>',
    ],
)
def test_badly_formed_or_tricky_files_are_refused(text: str):
    with pytest.raises(EnvironmentFault, match="XML mal formé"):
        read_xml(text.encode(), "EXP_ELEVE.xml")


def test_no_student_gives_no_row():
    assert read_xml(b"<TABLE><Eleves/></TABLE>", "x.xml").feuilles[0].lignes == ()


def test_limits():
    with pytest.raises(EnvironmentFault, match="lignes"):
        read_xml(b"<TABLE>" + b"<Eleves/>" * 20_001 + b"</TABLE>", "x.xml")
    fields = "".join(f"<A{n}>x</A{n}>" for n in range(301))
    with pytest.raises(EnvironmentFault, match="300 colonnes"):
        read_xml(f"<TABLE><Eleves>{fields}</Eleves></TABLE>".encode(), "x.xml")
