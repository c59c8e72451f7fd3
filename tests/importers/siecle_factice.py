"""A SIECLE export set written for the tests: invented students of an invented school."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

NOMENCLATURE = """<?xml version="1.0" encoding="ISO-8859-15"?>
<BEE_NOMENCLATURES VERSION="3.1"><DONNEES><MEFS>
<MEF CODE_MEF="20210019110"><LIBELLE_LONG>TERMINALE GENERALE</LIBELLE_LONG></MEF>
<MEF CODE_MEF="21231018110"><LIBELLE_LONG>T-STMG MERCATIQUE (MARKETING)</LIBELLE_LONG></MEF>
</MEFS><MATIERES>
<MATIERE CODE_MATIERE="030201"><CODE_GESTION>AGL1 </CODE_GESTION><LIBELLE_COURT>ANGLAIS LV1</LIBELLE_COURT></MATIERE>
<MATIERE CODE_MATIERE="0613LX"><LIBELLE_COURT>MATHEMATIQUES</LIBELLE_COURT></MATIERE>
</MATIERES></DONNEES></BEE_NOMENCLATURES>"""


def eleve(numero: int, nom: str, mef: str = "20210019110", extra: str = "") -> str:
    """One ELEVE element; ``extra`` is raw XML inside it."""
    return (
        f'<ELEVE ELEVE_ID="{numero}" ELENOET="{numero}"><ID_NATIONAL>99{numero:07}ZZ</ID_NATIONAL>'
        f"<NOM_DE_FAMILLE>{nom}</NOM_DE_FAMILLE><PRENOM>Zoé</PRENOM><DATE_NAISS>14/02/2009</DATE_NAISS>"
        f"<CODE_SEXE>2</CODE_SEXE><CODE_MEF>{mef}</CODE_MEF><TEL_PERSONNEL>SECRET-TEL</TEL_PERSONNEL>"
        f"<CODE_PAYS_NAT>SECRET-PAYS</CODE_PAYS_NAT>{extra}</ELEVE>"
    )


def option(numero: int, *codes: str, modalite: str = "O") -> str:
    """The options of one student."""
    items = "".join(
        f"<OPTIONS_ELEVE><CODE_MODALITE_ELECT>{modalite}</CODE_MODALITE_ELECT><CODE_MATIERE>{code}</CODE_MATIERE>"
        "</OPTIONS_ELEVE>"
        for code in codes
    )
    return f'<OPTION ELEVE_ID="{numero}">{items}</OPTION>'


def structure(numero: int, code: str, genre: str = "D") -> str:
    """One structure of one student."""
    return (
        f'<STRUCTURES_ELEVE ELEVE_ID="{numero}"><STRUCTURE><CODE_STRUCTURE>{code}</CODE_STRUCTURE>'
        f"<TYPE_STRUCTURE>{genre}</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE>"
    )


def eleves_xml(eleves: Iterable[str], options: Iterable[str] = (), structures: Iterable[str] = ()) -> bytes:
    """The student file, in the encoding of SIECLE."""
    return (
        '<?xml version="1.0" encoding="ISO-8859-15"?>\n<BEE_ELEVES VERSION="3.1"><PARAMETRES><UAJ>0999999F</UAJ>'
        f"</PARAMETRES><DONNEES><ELEVES>{chr(10).join(eleves)}</ELEVES><OPTIONS>{''.join(options)}</OPTIONS>"
        f"<STRUCTURES>{''.join(structures)}</STRUCTURES><BOURSES>SECRET-BOURSE</BOURSES><ADRESSES><ADRESSE>"
        "<LIGNE1_ADRESSE>SECRET-RUE</LIGNE1_ADRESSE></ADRESSE></ADRESSES></DONNEES></BEE_ELEVES>"
    ).encode("iso8859-15")


def zipped(**members: bytes) -> bytes:
    """A zip of those members, ``_xml`` or ``_zip`` at the end of a name standing for its extension."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            stem, _, extension = name.rpartition("_")
            archive.writestr(f"{stem}.{extension}", data)
    return target.getvalue()
