"""Invented official files, in the shape of the real ones."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

FORMATIONS = """<?xml version="1.0" encoding="UTF-8"?><formations>
<formation><identifiant>FOR.9001</identifiant><libelle_complet>BTS essai fictif</libelle_complet>
<duree_formation>2 ans</duree_formation><url>https://exemple.invalid/rncp</url>
<niveau_etudes><libelle>Bac + 2</libelle></niveau_etudes>
<descriptif_format_court><![CDATA[<p>On y apprend l'essai : gestes &amp; méthodes.</p>
<script>alert(1)</script>]]></descriptif_format_court>
<descriptif_acces><![CDATA[<p>Après un bac.</p>]]></descriptif_acces>
<attendus><![CDATA[<h5>Attendus</h5><ul><li>Savoir essayer</li><li>Savoir recommencer</li></ul>]]></attendus>
<descriptif_poursuite_etudes><![CDATA[<p>Une licence.</p>]]></descriptif_poursuite_etudes>
<poursuites_etudes><poursuite_etudes><formation_poursuite_Etudes>licence pro fictive</formation_poursuite_Etudes>
</poursuite_etudes></poursuites_etudes>
<modification_date>17/05/2024</modification_date></formation>
<formation><identifiant>pas un identifiant</identifiant><libelle_complet>À laisser</libelle_complet></formation>
</formations>"""

METIERS = """<?xml version="1.0" encoding="UTF-8"?><metiers>
<metier><identifiant>MET.9</identifiant><nom_metier>essayeur/euse</nom_metier>
<accroche_metier><![CDATA[<p>Il essaie tout.</p>]]></accroche_metier>
<nature_travail><![CDATA[<h5>Essayer</h5><p>Chaque jour.</p>]]></nature_travail>
<competences><![CDATA[<p>De la patience.</p>]]></competences>
<acces_metier><![CDATA[<p>Après un BTS.</p>]]></acces_metier>
<vie_professionnelle><![CDATA[<h3>Salaire</h3><h5>Salaire du débutant</h5><p>2000 euros brut.</p>
<h3>Intégrer le marché du travail</h3><p>Peu de postes.</p>]]></vie_professionnelle>
<niveau_acces_min><libelle>Bac + 2</libelle></niveau_acces_min>
<sources_numeriques><source><valeur>javascript:alert(1)</valeur><commentaire>Piège</commentaire></source>
<source><valeur>http://exemple.invalid/metier</valeur>
<commentaire>Site d'essai</commentaire></source></sources_numeriques>
</metier></metiers>"""

MPS = {
    "liensOnisep": {"fl9": "http://www.onisep.fr/http/redirection/formation/slug/FOR.9001", "intrus": "x"},
    "eds": {
        "fl9": {"attendus": "S'intéresser aux essais<br/>Être régulier", "recoEDS": "<b>Mathématiques</b> conseillées"},
        "fl8": {"recoEDS": 12},
    },
}


def write_zip(path: Path, **members: str) -> Path:
    """A zip of text members dated 25 June 2024; ``__`` in a name stands for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name.replace("__", "."), (2024, 6, 25, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return path


def write_all(folder: Path) -> tuple[Path, Path, Path]:
    """The three official files, under names that say nothing."""
    return (
        write_zip(folder / "a.bin", un__xml=FORMATIONS),
        write_zip(folder / "b.zip", deux__xml=METIERS),
        write_zip(folder / "c", trois__json=json.dumps(MPS), quatre__json='{"labels": {}}'),
    )
