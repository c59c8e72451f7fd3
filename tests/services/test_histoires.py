"""Worked cases: each line is a student, what is found in his list and what would balance it.

Invented wishes, so that each class is exact; ``test_histoires_catalogue`` does the same on the real figures.
"""

from __future__ import annotations

import pytest

from mps_desktop.engine.limites import accepts, count
from mps_desktop.services import phrases_constats as phrases
from mps_desktop.services import phrases_listes as listes
from tests.services.histoires import REGLES, Histoire

H = Histoire
HISTOIRES = (
    # Nothing, or hardly anything
    H("rien de déclaré, profil vide", completude=10, metiers=(),
      constats=("AUCUNE_FORMATION", "PROFIL_VIDE"), refus=("AUCUNE_FORMATION", "AUCUNE_FORMATION_RETENUE")),
    H("rien de retenu, mais le moteur connaît ses goûts", autour=("bts/B/10km", "lic/A/10km", "but/A+/5km"),
      constats=("AUCUNE_FORMATION",), propose=("bts/B", "lic/A"), refus=()),
    H("une formation retenue, aucun établissement", formations=("bts",),
      autour=("bts/B/10km", "bts/A/10km", "bts/A+/10km", "lic/A/10km"),
      constats=("AUCUN_VOEU", "UNE_SEULE_FORMATION"), propose=("bts/B", "bts/A", "lic/A", "bts/A+")),
    H("deux formations, une sans établissement", formations=("bts", "but"), voeux=("bts/B", "bts/A", "bts/A+"),
      autour=("but/A/10km",),
      constats=("FORMATION_SANS_VOEU",), propose=("but/A",), refus=("VOEUX_MANQUANTS",)),
    H("formation sans établissement, et aucun n’existe", formations=("bts", "but"), voeux=("bts/B", "bts/A", "bts/A+"),
      constats=("FORMATION_SANS_VOEU",), refus=("FORMATION_SANS_VOEU", "VOEUX_A_CHOISIR")),
    H("une seule formation, bien répartie", voeux=("bts/B", "bts/A", "bts/A+"), autour=("lic/B/10km",), atteint=True,
      constats=("UNE_SEULE_FORMATION",), propose=("lic/B",)),
    # Ambition
    H("équilibre parfait", voeux=("bts/B", "bts/A", "bts/A+", "but/B", "but/A", "but/A+"), atteint=True),
    H("STMG à 11,5 avec trois BUT", voeux=("but1/A+/30km", "but2/A+/30km", "but3/A+/30km"),
      autour=("bts/B/10km", "but1/A/40km"),
      constats=("TOUS_AMBITIEUX",), propose=("bts/B", "but1/A"), refus=("VOEUX_MANQUANTS",) * 3),
    H("17,5 de moyenne et seulement des CPGE réputées", voeux=("cpge1/A+", "cpge1/A+", "cpge2/A+"),
      autour=("cpge1/B/80km", "lic/B/5km"),
      constats=("TOUS_AMBITIEUX",), propose=("lic/B", "cpge1/B"), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("bac pro avec des BTS à sa portée", voeux=("bts1/B", "bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/A/10km", "bts2/A+/10km"),
      constats=("AUTO_CENSURE",), propose=("bts1/A", "bts2/A+"), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("rien que du B, parce que rien d’autre n’existe autour", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/B/5km",), propose=("bts1/B",), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("rien que du B : le A est à 180 km de chez lui", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/A/180km", "bts1/A+/120km"), propose=("bts1/A", "bts1/A+"), refus=("VOEUX_MANQUANTS",)),
    H("rien que du B : le A+ tout près est hors d’atteinte", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/A+/5km/haut=0.2",), propose=("bts1/A+",), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("rien que du B : le seul A contredit la durée voulue", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("lic/A/5km/dur",), refus=("VOEUX_MANQUANTS",) * 2),
    H("auto-censure : un A+ que l’intervalle dit possible", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts2/A+/5km",), constats=("AUTO_CENSURE",), propose=("bts2/A+",), refus=("VOEUX_MANQUANTS",) * 2),
    H("auto-censure, mais dix licences : plus de place", voeux=tuple(f"lic{i}/B" for i in range(1, 11)),
      autour=("lic1/A/5km",), constats=("AUTO_CENSURE",), refus=("AUTO_CENSURE", *("VOEUX_MANQUANTS",) * 10)),
    H("deux B ne font pas encore une auto-censure", voeux=("bts1/B", "bts2/B"), refus=("VOEUX_MANQUANTS",) * 2),
    H("pas de B", voeux=("lic1/A", "lic2/A+"), autour=("lic1/B/10km",), constats=("AUCUN_B",), propose=("lic1/B",),
      refus=("VOEUX_MANQUANTS", "VOEUX_MANQUANTS")),
    H("pas de B, le seul est à 150 km", voeux=("lic1/A/5km", "lic2/A+/5km"), autour=("lic1/A/10km", "bts/B/150km"),
      constats=("AUCUN_B",), propose=("bts/B", "lic1/A"), refus=("VOEUX_MANQUANTS",) * 2),
    H("pas de B, et aucun n’existe", voeux=("lic1/A", "lic2/A+"), constats=("AUCUN_B",),
      refus=("AUCUN_B", "VOEUX_MANQUANTS", "VOEUX_MANQUANTS")),
    H("un seul vœu classé, réaliste", voeux=("lic1/A",), autour=("lic2/B/10km",),
      constats=("AUCUN_B", "UNE_SEULE_FORMATION"),
      propose=("lic2/B",), refus=("VOEUX_MANQUANTS",)),
    H("le B vient du professeur, les chiffres n’en sont pas sûrs", voeux=("lic1/A/prof=B", "lic2/A"),
      autour=("lic2/B/10km",),
      constats=("B_FRAGILE",), propose=("lic2/B",), refus=("VOEUX_MANQUANTS",) * 2),
    H("B fragile et rien de plus solide", voeux=("lic1/A/prof=B", "lic2/A"), constats=("B_FRAGILE",),
      refus=("B_FRAGILE", "VOEUX_MANQUANTS", "VOEUX_MANQUANTS")),
    H("un B fragile mais un autre solide", voeux=("lic1/A/prof=B", "lic2/B"), refus=("VOEUX_MANQUANTS",) * 2),
    H("le professeur sait qu’un B n’en est pas un", voeux=("lic1/B/prof=A", "lic2/A"), constats=("AUCUN_B",),
      autour=("lic1/B/10km",), propose=("lic1/B",), refus=("VOEUX_MANQUANTS",) * 2),
    # Declared against estimated
    H("trop sûr de lui : dit B, estimé A+", voeux=("but/A+/dit=B", "bts/B"), constats=("DECLARE_TROP_SUR",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("trop prudent : dit A+, estimé B", voeux=("but/B/dit=A+", "bts/A"), constats=("DECLARE_TROP_PRUDENT",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("un cran d’écart n’est pas un constat", voeux=("but/A/dit=B", "bts/B/dit=A"), refus=("VOEUX_MANQUANTS",) * 2),
    H("un vœu de la formation lui donne raison", voeux=("but/A+/dit=B", "but/B/dit=B", "bts/A"),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("sans estimation, sa parole compte", voeux=("lic1/?/dit=B", "lic2/A"), constats=("B_FRAGILE",),
      autour=("lic2/B/10km",),
      propose=("lic2/B",), refus=("VOEUX_MANQUANTS",) * 2),
    # Places, length, apprentissage
    H("PASS seulement", voeux=("pass/A+", "pass/A+"), autour=("las/A/10km", "lic/B/10km"),
      constats=("TOUS_AMBITIEUX", "UNE_SEULE_FORMATION"),
      propose=("lic/B",), refus=("VOEUX_MANQUANTS",)),
    H("tout dans une seule ville, près de chez lui",
      voeux=("lic1/B/2km", "lic1/A/3km", "lic1/A+/3km", "lic2/B/2km", "lic2/A/2km", "lic2/A+/4km"), atteint=True),
    H("tout loin des villes souhaitées", voeux=("lic1/B/120km", "lic2/A/300km"), autour=("lic1/A/30km",),
      constats=("HORS_COMMUNES",),
      propose=("lic1/A",), refus=("VOEUX_MANQUANTS",) * 2),
    H("loin, et rien de plus près", voeux=("lic1/B/120km", "lic2/A/300km"), autour=("lic1/A/90km",),
      constats=("HORS_COMMUNES",),
      propose=("lic1/A",), refus=("HORS_COMMUNES", "VOEUX_MANQUANTS", "VOEUX_MANQUANTS")),
    H("veut court, choisit long", voeux=("lic1/B/dur", "bts/A"), constats=("CONTRE_DUREE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("ne veut pas d’alternance, en choisit une", voeux=("bts1/?/app/alt", "bts2/B"),
      constats=("CONTRE_ALTERNANCE", "DONNEES_INSUFFISANTES"),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("apprentissage seulement : rien n’est estimé", voeux=("bts1/?/app", "bts2/?/app"),
      autour=("bts1/B/10km", "bts1/?/app/5km"),
      constats=("DONNEES_INSUFFISANTES",), propose=("bts1/B",), refus=("VOEUX_MANQUANTS",) * 2),
    H("la proposition la plus proche contredit la durée voulue", voeux=("bts1/A", "bts2/A+"),
      autour=("lic/B/5km/dur", "bts1/B/40km"),
      constats=("AUCUN_B",), propose=("bts1/B",), refus=("VOEUX_MANQUANTS",) * 2),
    # Gone, unknown
    H("un vœu disparu du catalogue", voeux=("bts1/?/disparu", "bts1/B", "bts2/A"),
      constats=("DONNEES_INSUFFISANTES", "VOEU_DISPARU"),
      refus=("VOEU_DISPARU", "VOEUX_MANQUANTS", "VOEUX_MANQUANTS")),
    H("rien d’estimable : ni bonne ni mauvaise nouvelle", voeux=("ifsi/?", "lic/?"),
      constats=("DONNEES_INSUFFISANTES",), refus=("VOEUX_MANQUANTS",) * 2),
    # Limits
    H("onze licences", voeux=("lic1/B", *(f"lic{i}/A" for i in range(2, 12))), autour=("lic1/A+/5km",),
      constats=("TROP_DE_VOEUX",),
      refus=("TROP_DE_VOEUX", *("VOEUX_MANQUANTS",) * 11)),
    H("dix licences : il n’y a plus de place", voeux=("lic1/A", *(f"lic{i}/A" for i in range(2, 11))),
      autour=("lic1/B/5km",),
      constats=("AUCUN_B",), refus=("AUCUN_B", *("VOEUX_MANQUANTS",) * 10)),
    H("dix vœux, mais un sous-vœu de plus ne compte pas", voeux=("bts1/A", *(f"lic{i}/A" for i in range(2, 11))),
      autour=("lic2/B/5km", "bts1/B/5km"),
      constats=("AUCUN_B",), propose=("bts1/B",), refus=("VOEUX_MANQUANTS",) * 10),
    H("onze sous-vœux dans un BTS", voeux=("bts1/B/x11", "bts2/A"), autour=("bts1/A/5km", "bts2/A+/5km"),
      constats=("TROP_DE_SOUS_VOEUX",),
      propose=("bts2/A+",), refus=("TROP_DE_SOUS_VOEUX", "CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("onze CPGE dans le même lycée comptent pour une", voeux=("cpge1/B/u1/x6", "cpge1/A/u1/x5", "cpge2/A+"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("plus de vingt sous-vœux comptés", voeux=("bts1/B/x8", "bts2/A/x7", "bts3/A+/x7"),
      constats=("TROP_DE_SOUS_VOEUX_EN_TOUT",),
      refus=("TROP_DE_SOUS_VOEUX_EN_TOUT", *("CLASSES_MANQUANTES",) * 3)),
    H("onze apprentissages, comptés à part", voeux=tuple(f"lic{i}/?/app" for i in range(1, 12)),
      constats=("DONNEES_INSUFFISANTES", "TROP_D_APPRENTISSAGE"),
      refus=("TROP_D_APPRENTISSAGE", *("VOEUX_MANQUANTS",) * 11)),
    H("quinze écoles d’ingénieurs en réseau : un seul vœu", voeux=("ing/A+/x14", "ing/B", "lic/A"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("sept IFSI : vérifier les regroupements", voeux=("ifsi/A/x6", "ifsi/B", "lic/A"),
      constats=("PARAMEDICAL_A_VERIFIER",),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    # Milestones and due dates
    H("seconde sans piste", niveau="seconde", metiers=(), constats=("AUCUNE_FORMATION",), pistes=("lic", "bts"),
      propose=("lic",)),
    H("seconde avec un métier", niveau="seconde", atteint=True),
    H("seconde avec une formation, sans métier", niveau="seconde", metiers=(), formations=("bts",), atteint=True),
    H("première avec une formation", niveau="premiere", formations=("bts",), constats=("UNE_SEULE_FORMATION",),
      pistes=("bts", "lic", "but"), propose=("lic",)),
    H("première complète", niveau="premiere", formations=("bts", "lic"), atteint=True),
    H("première sans métier : un métier ne s’ajoute pas ici", niveau="premiere",
      formations=("bts", "lic"), metiers=(), refus=("METIERS_MANQUANTS",)),
    H("première, rien, et un profil muet", niveau="premiere", metiers=(), constats=("AUCUNE_FORMATION",),
      refus=("AUCUNE_FORMATION", "FORMATIONS_MANQUANTES", "METIERS_MANQUANTS")),
    H("terminale, dix jours avant l’échéance", voeux=("lic1/A", "lic2/B"), jours=10, constats=("JALON_PROCHE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("terminale, échéance dépassée", voeux=("lic1/A", "lic2/B"), jours=-3, constats=("JALON_DEPASSE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("terminale, échéance dépassée mais jalon atteint",
      voeux=("bts/B", "bts/A", "bts/A+", "but/B", "but/A", "but/A+"), jours=-3, atteint=True),
    H("niveau inconnu", niveau="", formations=("bts",)),
)  # fmt: skip


def test_there_are_enough_stories():
    assert len(HISTOIRES) >= 45
    assert len({histoire.titre for histoire in HISTOIRES}) == len(HISTOIRES)


@pytest.mark.parametrize("histoire", HISTOIRES, ids=lambda histoire: histoire.titre)
def test_histoire(histoire: Histoire):
    liste = histoire.liste()
    found, completion = liste.diagnose(REGLES), histoire.complete()
    proposed = [
        f"{p.formation_id}/{p.voeu.retenue.value}" if p.voeu else p.formation_id for p in completion.propositions
    ]
    assert sorted(constat.code for constat in found.constats) == sorted(histoire.constats)
    assert proposed == list(histoire.propose)
    assert sorted(refus.constat.code for refus in completion.refus) == sorted(histoire.refus)
    assert found.jalon.atteint == histoire.atteint


@pytest.mark.parametrize("histoire", HISTOIRES, ids=lambda histoire: histoire.titre)
def test_every_story_can_be_told_and_breaks_no_limit(histoire: Histoire):
    liste, completion = histoire.liste(), histoire.complete()
    said = [phrases.constat(constat, "Formation d’essai") for constat in liste.diagnose(REGLES).constats]
    said += [listes.sujet(refus.constat, "Formation d’essai") for refus in completion.refus]
    said += [phrases.refus(refus.motif) for refus in completion.refus]
    before = count(liste.voeux, REGLES.limites)
    for proposition in completion.propositions:
        assert proposition.resout
        said += [listes.resout(constat, "Formation d’essai", "B") for constat in proposition.resout]
        liste = liste.adding(proposition)
        assert accepts(before, count(liste.voeux, REGLES.limites), REGLES.limites)
    assert all(sentence and "{" not in sentence for sentence in said)
