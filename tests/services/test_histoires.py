"""Worked cases: each line is a student, what is found in his list and what would balance it.

Invented wishes, so that each class is exact; ``test_histoires_catalogue`` does the same on the real figures.
"""

from __future__ import annotations

import pytest

from mps_desktop.engine.completion import Proposition, Refus
from mps_desktop.engine.limites import accepts, count
from mps_desktop.services import phrases_constats as phrases
from mps_desktop.services import phrases_listes as listes
from tests.services.histoires import REGLES, Histoire

H = Histoire
HISTOIRES = (
    # Nothing, or hardly anything
    H("rien de déclaré, profil vide", completude=10, metiers=(), constats=("AUCUNE_FORMATION", "PROFIL_VIDE"),
      refus=("AUCUNE_FORMATION", "AUCUNE_FORMATION_RETENUE")),
    H("rien de retenu, mais le moteur connaît ses goûts", autour=("bts/B/10km", "lic/A/10km", "but/A+/5km"),
      constats=("AUCUNE_FORMATION",),
      propose=("bts/B:AUCUNE_FORMATION+AUCUNE_FORMATION_RETENUE", "lic/A:UNE_SEULE_FORMATION")),
    H("une formation retenue, aucun établissement", formations=("bts",),
      autour=("bts/B/10km", "bts/A/10km", "bts/A+/10km", "lic/A/10km"),
      constats=("AUCUN_VOEU", "UNE_SEULE_FORMATION"),
      propose=("bts/B:AUCUN_VOEU+VOEUX_A_CHOISIR", "bts/A:VOEUX_MANQUANTS", "lic/A:UNE_SEULE_FORMATION",
        "bts/A+:VOEUX_MANQUANTS")),
    H("deux formations, une sans établissement", formations=("bts", "but"), voeux=("bts/B", "bts/A", "bts/A+"),
      autour=("but/A/10km",), constats=("FORMATION_SANS_VOEU",),
      propose=("but/A:VOEUX_A_CHOISIR+FORMATION_SANS_VOEU",), refus=("VOEUX_MANQUANTS",)),
    H("formation sans établissement, et aucun n’existe", formations=("bts", "but"),
      voeux=("bts/B", "bts/A", "bts/A+"), constats=("FORMATION_SANS_VOEU",),
      refus=("FORMATION_SANS_VOEU", "VOEUX_A_CHOISIR")),
    H("une seule formation, bien répartie", voeux=("bts/B", "bts/A", "bts/A+"), autour=("lic/B/10km",), atteint=True,
      constats=("UNE_SEULE_FORMATION",), propose=("lic/B:UNE_SEULE_FORMATION",)),
    # Ambition
    H("équilibre parfait", voeux=("bts/B", "bts/A", "bts/A+", "but/B", "but/A", "but/A+"), atteint=True),
    H("STMG à 11,5 avec trois BUT", voeux=("but1/A+/30km", "but2/A+/30km", "but3/A+/30km"),
      autour=("bts/B/10km", "but1/A/40km"), constats=("TOUS_AMBITIEUX",),
      propose=("bts/B:TOUS_AMBITIEUX", "but1/A:VOEUX_MANQUANTS"), refus=("VOEUX_MANQUANTS",) * 3),
    H("17,5 de moyenne et seulement des CPGE réputées", voeux=("cpge1/A+", "cpge1/A+", "cpge2/A+"),
      autour=("cpge1/B/80km", "lic/B/5km"), constats=("TOUS_AMBITIEUX",),
      propose=("lic/B:TOUS_AMBITIEUX", "cpge1/B:VOEUX_MANQUANTS"), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("bac pro avec des BTS à sa portée", voeux=("bts1/B", "bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/A/10km", "bts2/A+/10km"), constats=("AUTO_CENSURE",),
      propose=("bts1/A:AUTO_CENSURE+CLASSES_MANQUANTES", "bts2/A+:VOEUX_MANQUANTS"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("rien que du B, parce que rien d’autre n’existe autour", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/B/5km",), propose=("bts1/B:VOEUX_MANQUANTS",), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("rien que du B : le A est à 180 km de chez lui", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/A/180km", "bts1/A+/120km"), propose=("bts1/A:VOEUX_MANQUANTS", "bts1/A+:CLASSES_MANQUANTES"),
      refus=("VOEUX_MANQUANTS",)),
    H("rien que du B : le A+ tout près est hors d’atteinte", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts1/A+/5km/haut=0.2",), propose=("bts1/A+:VOEUX_MANQUANTS",),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("rien que du B : le seul A contredit la durée voulue", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("lic/A/5km/dur",), refus=("VOEUX_MANQUANTS",) * 2),
    H("auto-censure : un A+ que l’intervalle dit possible", voeux=("bts1/B", "bts1/B", "bts2/B"),
      autour=("bts2/A+/5km",), constats=("AUTO_CENSURE",), propose=("bts2/A+:AUTO_CENSURE+VOEUX_MANQUANTS",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("auto-censure, mais dix licences : plus de place", voeux=tuple(f"lic{i}/B" for i in range(1, 11)),
      autour=("lic1/A/5km",), constats=("AUTO_CENSURE",),
      refus=("AUTO_CENSURE:LIMITE", *("VOEUX_MANQUANTS",) * 9, "VOEUX_MANQUANTS:LIMITE")),
    H("pas de B", voeux=("lic1/A", "lic2/A+"), autour=("lic1/B/10km",), constats=("AUCUN_B",),
      propose=("lic1/B:AUCUN_B+VOEUX_MANQUANTS",), refus=("VOEUX_MANQUANTS",) * 2),
    H("pas de B, le seul est à 150 km", voeux=("lic1/A/5km", "lic2/A+/5km"), autour=("lic1/A/10km", "bts/B/150km"),
      constats=("AUCUN_B",), propose=("bts/B:AUCUN_B", "lic1/A:VOEUX_MANQUANTS"), refus=("VOEUX_MANQUANTS",) * 2),
    H("pas de B, et aucun n’existe", voeux=("lic1/A", "lic2/A+"), constats=("AUCUN_B",),
      refus=("AUCUN_B", *("VOEUX_MANQUANTS",) * 2)),
    H("un seul vœu classé, réaliste", voeux=("lic1/A",), autour=("lic2/B/10km",),
      constats=("AUCUN_B", "UNE_SEULE_FORMATION"), propose=("lic2/B:AUCUN_B+UNE_SEULE_FORMATION",),
      refus=("VOEUX_MANQUANTS",)),
    H("le B vient du professeur, les chiffres n’en sont pas sûrs", voeux=("lic1/A/prof=B", "lic2/A"),
      autour=("lic2/B/10km",), constats=("B_FRAGILE",), propose=("lic2/B:B_FRAGILE+VOEUX_MANQUANTS",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("B fragile et rien de plus solide", voeux=("lic1/A/prof=B", "lic2/A"), constats=("B_FRAGILE",),
      refus=("B_FRAGILE", *("VOEUX_MANQUANTS",) * 2)),
    H("un B fragile mais un autre solide", voeux=("lic1/A/prof=B", "lic2/B"), refus=("VOEUX_MANQUANTS",) * 2),
    H("le professeur sait qu’un B n’en est pas un", voeux=("lic1/B/prof=A", "lic2/A"), autour=("lic1/B/10km",),
      constats=("AUCUN_B",), propose=("lic1/B:AUCUN_B+VOEUX_MANQUANTS",), refus=("VOEUX_MANQUANTS",) * 2),
    # Declared against estimated
    H("trop sûr de lui : dit B, estimé A+", voeux=("but/A+/dit=B", "bts/B"), constats=("DECLARE_TROP_SUR",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("trop prudent : dit A+, estimé B", voeux=("but/B/dit=A+", "bts/A"), constats=("DECLARE_TROP_PRUDENT",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("un cran d’écart n’est pas un constat", voeux=("but/A/dit=B", "bts/B/dit=A"), refus=("VOEUX_MANQUANTS",) * 2),
    H("un vœu de la formation lui donne raison", voeux=("but/A+/dit=B", "but/B/dit=B", "bts/A"),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("sans estimation, sa parole compte", voeux=("lic1/?/dit=B", "lic2/A"), autour=("lic2/B/10km",),
      constats=("B_FRAGILE",), propose=("lic2/B:B_FRAGILE+VOEUX_MANQUANTS",), refus=("VOEUX_MANQUANTS",) * 2),
    # Places, length, apprentissage
    H("PASS seulement", voeux=("pass/A+", "pass/A+"), autour=("las/A/10km", "lic/B/10km"),
      constats=("TOUS_AMBITIEUX", "UNE_SEULE_FORMATION"), propose=("lic/B:TOUS_AMBITIEUX+UNE_SEULE_FORMATION",),
      refus=("VOEUX_MANQUANTS",)),
    H("tout dans une seule ville, près de chez lui",
      voeux=("lic1/B/2km", "lic1/A/3km", "lic1/A+/3km", "lic2/B/2km", "lic2/A/2km", "lic2/A+/4km"), atteint=True),
    H("tout loin des villes souhaitées", voeux=("lic1/B/120km", "lic2/A/300km"), autour=("lic1/A/30km",),
      constats=("HORS_COMMUNES",), propose=("lic1/A:HORS_COMMUNES+VOEUX_MANQUANTS",), refus=("VOEUX_MANQUANTS",) * 2),
    H("loin, et rien de plus près", voeux=("lic1/B/120km", "lic2/A/300km"), autour=("lic1/A/90km",),
      constats=("HORS_COMMUNES",), propose=("lic1/A:VOEUX_MANQUANTS",),
      refus=("HORS_COMMUNES", *("VOEUX_MANQUANTS",) * 2)),
    H("veut court, choisit long", voeux=("lic1/B/dur", "bts/A"), constats=("CONTRE_DUREE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("ne veut pas d’alternance, en choisit une", voeux=("bts1/?/app/alt", "bts2/B"),
      constats=("CONTRE_ALTERNANCE", "DONNEES_INSUFFISANTES"), refus=("VOEUX_MANQUANTS",) * 2),
    H("apprentissage seulement : rien n’est estimé", voeux=("bts1/?/app", "bts2/?/app"),
      autour=("bts1/B/10km", "bts1/?/app/5km"), constats=("DONNEES_INSUFFISANTES",),
      propose=("bts1/B:VOEUX_MANQUANTS",), refus=("VOEUX_MANQUANTS",) * 2),
    H("la proposition la plus proche contredit la durée voulue", voeux=("bts1/A", "bts2/A+"),
      autour=("lic/B/5km/dur", "bts1/B/40km"), constats=("AUCUN_B",), propose=("bts1/B:AUCUN_B+VOEUX_MANQUANTS",),
      refus=("VOEUX_MANQUANTS",) * 2),
    # Gone, unknown
    H("un vœu disparu du catalogue", voeux=("bts1/?/disparu", "bts1/B", "bts2/A"),
      constats=("DONNEES_INSUFFISANTES", "VOEU_DISPARU"),
      refus=(*("VOEUX_MANQUANTS",) * 2, "VOEU_DISPARU:AUTRE_GESTE")),
    H("rien d’estimable : ni bonne ni mauvaise nouvelle", voeux=("ifsi/?", "lic/?"),
      constats=("DONNEES_INSUFFISANTES",), refus=("VOEUX_MANQUANTS",) * 2),
    # Limits
    H("onze licences", voeux=("lic1/B", *(f"lic{i}/A" for i in range(2, 12))), autour=("lic1/A+/5km",),
      constats=("TROP_DE_VOEUX",),
      refus=("TROP_DE_VOEUX:AUTRE_GESTE", *("VOEUX_MANQUANTS",) * 10, "VOEUX_MANQUANTS:LIMITE")),
    H("dix licences : il n’y a plus de place", voeux=("lic1/A", *(f"lic{i}/A" for i in range(2, 11))),
      autour=("lic1/B/5km",), constats=("AUCUN_B",),
      refus=("AUCUN_B:LIMITE", *("VOEUX_MANQUANTS",) * 9, "VOEUX_MANQUANTS:LIMITE")),
    H("dix vœux, mais un sous-vœu de plus ne compte pas", voeux=("bts1/A", *(f"lic{i}/A" for i in range(2, 11))),
      autour=("lic2/B/5km", "bts1/B/5km"), constats=("AUCUN_B",), propose=("bts1/B:AUCUN_B+VOEUX_MANQUANTS",),
      refus=(*("VOEUX_MANQUANTS",) * 9, "VOEUX_MANQUANTS:LIMITE")),
    H("onze sous-vœux dans un BTS", voeux=("bts1/B/x11", "bts2/A"), autour=("bts1/A/5km", "bts2/A+/5km"),
      constats=("TROP_DE_SOUS_VOEUX",), propose=("bts2/A+:VOEUX_MANQUANTS",),
      refus=("CLASSES_MANQUANTES:LIMITE", "TROP_DE_SOUS_VOEUX:AUTRE_GESTE", "VOEUX_MANQUANTS")),
    H("onze CPGE dans le même lycée comptent pour une", voeux=("cpge1/B/u1/x6", "cpge1/A/u1/x5", "cpge2/A+"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("plus de vingt sous-vœux comptés", voeux=("bts1/B/x8", "bts2/A/x7", "bts3/A+/x7"),
      constats=("TROP_DE_SOUS_VOEUX_EN_TOUT",),
      refus=(*("CLASSES_MANQUANTES",) * 3, "TROP_DE_SOUS_VOEUX_EN_TOUT:AUTRE_GESTE")),
    H("onze apprentissages, comptés à part", voeux=tuple(f"lic{i}/?/app" for i in range(1, 12)),
      constats=("DONNEES_INSUFFISANTES", "TROP_D_APPRENTISSAGE"),
      refus=("TROP_D_APPRENTISSAGE:AUTRE_GESTE", *("VOEUX_MANQUANTS",) * 11)),
    H("quinze écoles d’ingénieurs en réseau : un seul vœu", voeux=("ing/A+/x14", "ing/B", "lic/A"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("sept IFSI : vérifier les regroupements", voeux=("ifsi/A/x6", "ifsi/B", "lic/A"),
      constats=("PARAMEDICAL_A_VERIFIER",), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    # Milestones and due dates
    H("seconde sans piste", niveau="seconde", metiers=(), pistes=("lic", "bts"), constats=("AUCUNE_FORMATION",),
      propose=("lic:AUCUNE_FORMATION+FORMATION_OU_METIER",)),
    H("seconde avec un métier", niveau="seconde", atteint=True),
    H("seconde avec une formation, sans métier", niveau="seconde", metiers=(), formations=("bts",), atteint=True),
    H("première avec une formation", niveau="premiere", formations=("bts",), pistes=("bts", "lic", "but"),
      constats=("UNE_SEULE_FORMATION",), propose=("lic:FORMATIONS_MANQUANTES+UNE_SEULE_FORMATION",)),
    H("première complète", niveau="premiere", formations=("bts", "lic"), atteint=True),
    H("première sans métier : un métier ne s’ajoute pas ici", niveau="premiere", metiers=(),
      formations=("bts", "lic"), refus=("METIERS_MANQUANTS:METIERS",)),
    H("première, rien, et un profil muet", niveau="premiere", metiers=(), constats=("AUCUNE_FORMATION",),
      refus=("AUCUNE_FORMATION", "FORMATIONS_MANQUANTES", "METIERS_MANQUANTS:METIERS")),
    H("terminale, dix jours avant l’échéance", voeux=("lic1/A", "lic2/B"), jours=10, constats=("JALON_PROCHE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("terminale, échéance dépassée", voeux=("lic1/A", "lic2/B"), jours=-3, constats=("JALON_DEPASSE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("terminale, échéance dépassée mais jalon atteint",
      voeux=("bts/B", "bts/A", "bts/A+", "but/B", "but/A", "but/A+"), jours=-3, atteint=True),
    H("niveau inconnu", niveau="", formations=("bts",)),
    # Who he is
    H("deux BUT et un PASS, tout ambitieux", voeux=("but1/A+/10km", "but2/A+/10km", "pass/A+/u1/8km"),
      autour=("but1/B/40km", "but2/A/30km", "pass/A/u1/8km"), constats=("TOUS_AMBITIEUX",),
      propose=("but1/B:TOUS_AMBITIEUX+VOEUX_MANQUANTS", "but2/A:VOEUX_MANQUANTS", "pass/A:VOEUX_MANQUANTS"),
      refus=("VOEUX_MANQUANTS",) * 3),
    H("il ne veut que l’apprentissage", voeux=("bts1/?/app/u1", "bts1/?/app/u2", "bts2/?/app"),
      autour=("bts1/?/app/5km", "bts2/?/app/9km"), constats=("DONNEES_INSUFFISANTES",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("redoublant : sa liste de l’an dernier, dont deux vœux fermés",
      voeux=("bts1/?/disparu/x2", "bts1/A/10km", "bts2/A+/10km"), autour=("bts1/B/15km",),
      constats=("AUCUN_B", "DONNEES_INSUFFISANTES", "VOEU_DISPARU"), propose=("bts1/B:AUCUN_B+CLASSES_MANQUANTES",),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS", "VOEU_DISPARU:AUTRE_GESTE")),
    H("lycéenne de La Réunion, tout en métropole", voeux=("lic1/B/9300km", "lic1/A/9400km", "bts/A/9350km"),
      autour=("bts/B/12km", "lic1/A+/9200km"), constats=("HORS_COMMUNES",),
      propose=("bts/B:HORS_COMMUNES+VOEUX_MANQUANTS", "lic1/A+:VOEUX_MANQUANTS"), refus=("VOEUX_MANQUANTS",)),
    H("lycéen de Mayotte : rien de tel sur l’île", voeux=("lic1/B/8000km", "lic2/A/8000km"),
      autour=("lic2/B/1400km", "lic1/A/8000km"), constats=("HORS_COMMUNES",),
      propose=("lic2/B:VOEUX_MANQUANTS", "lic1/A:VOEUX_MANQUANTS"),
      refus=("HORS_COMMUNES", *("VOEUX_MANQUANTS",) * 2)),
    H("il refuse de bouger, et tout ce qui existe est loin", formations=("bts1", "bts2"),
      voeux=("bts1/A/4km", "bts1/A+/4km"), autour=("bts1/B/260km", "bts2/B/310km"),
      constats=("AUCUN_B", "FORMATION_SANS_VOEU"),
      propose=("bts1/B:AUCUN_B+VOEUX_MANQUANTS", "bts2/B:VOEUX_A_CHOISIR+FORMATION_SANS_VOEU"),
      refus=("VOEUX_MANQUANTS",)),
    H("que des formations à deux candidats : estimées, jamais B", voeux=("lic1/A/bas=0.3", "lic2/A/bas=0.2"),
      autour=("lic1/A/5km/bas=0.3", "lic2/A+/5km"), constats=("AUCUN_B",),
      propose=("lic2/A+:VOEUX_MANQUANTS", "lic1/A:VOEUX_MANQUANTS"), refus=("AUCUN_B", *("VOEUX_MANQUANTS",) * 2)),
    H("bac professionnel : une licence, et personne ne lui a parlé des BTS", voeux=("lic1/A+/3km", "lic1/A+/5km"),
      autour=("bts1/B/3km", "bts2/A/3km", "lic1/A/90km"), constats=("TOUS_AMBITIEUX", "UNE_SEULE_FORMATION"),
      propose=("bts1/B:TOUS_AMBITIEUX+UNE_SEULE_FORMATION", "lic1/A:VOEUX_MANQUANTS"), refus=("CLASSES_MANQUANTES",)),
    H("paramédical sans filet : cinq filières, une seule ville", voeux=("ergo/A+/u1/5km", "ifsi/A/u1/5km"),
      autour=("ifsi/B/u2/60km", "lic/B/5km"), constats=("AUCUN_B",),
      propose=("lic/B:AUCUN_B", "ifsi/B:VOEUX_MANQUANTS"), refus=("VOEUX_MANQUANTS",) * 2),
    # What the proposals choose first
    H("trop prudent, mais un vœu de la formation lui donne raison", voeux=("bts/B/dit=A+", "bts/A+/dit=A+", "lic/A"),
      constats=(), refus=("VOEUX_MANQUANTS",) * 2),
    H("ce qui contredit la durée vient après ce qui est plus loin", voeux=("bts1/A/5km", "bts1/A+/5km"),
      autour=("lic/B/5km/dur", "bts2/B/80km"), constats=("AUCUN_B", "UNE_SEULE_FORMATION"),
      propose=("bts2/B:AUCUN_B+UNE_SEULE_FORMATION",), refus=("VOEUX_MANQUANTS",)),
    H("à égale distance, sa formation avant la mieux classée", voeux=("bts1/A/5km", "bts2/A+/5km"),
      autour=("lic/B/10km", "bts1/B/20km"), constats=("AUCUN_B",), propose=("bts1/B:AUCUN_B+VOEUX_MANQUANTS",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("dans le même rayon, la mieux classée avant la plus proche", voeux=("bts1/A/5km", "bts2/A+/5km"),
      autour=("lic/B/40km", "but/B/10km"), constats=("AUCUN_B",), propose=("lic/B:AUCUN_B",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("un B qui ne tient pas n’est pas un B à proposer", voeux=("bts1/A/5km", "bts2/A+/5km"),
      autour=("bts1/B/5km/bas=0.5", "lic/B/10km"), constats=("AUCUN_B",),
      propose=("lic/B:AUCUN_B", "bts1/B:VOEUX_MANQUANTS"), refus=("VOEUX_MANQUANTS",) * 2),
    H("tout B : d’abord un A, même d’une autre formation", voeux=("bts1/B/5km/x3",),
      autour=("lic/A/10km", "bts1/A+/5km"), constats=("AUTO_CENSURE", "UNE_SEULE_FORMATION"),
      propose=("lic/A:AUTO_CENSURE+UNE_SEULE_FORMATION", "bts1/A+:CLASSES_MANQUANTES"), refus=("CLASSES_MANQUANTES",)),
    H("tout B : à défaut de A, un A+ que l’intervalle dit possible", voeux=("bts1/B/5km/x2", "bts2/B/5km/x2"),
      autour=("lic/A+/5km",), constats=("AUTO_CENSURE",), propose=("lic/A+:AUTO_CENSURE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("équilibrée mais loin : une autre formation, près",
      voeux=("bts/B/120km", "bts/A/120km", "bts/A+/130km", "but/B/120km", "but/A/120km", "but/A+/200km"),
      autour=("lic/A/20km",), atteint=True, constats=("HORS_COMMUNES",), propose=("lic/A:HORS_COMMUNES",)),
    H("trois formations sans établissement : chacune en a un avant qu’une n’en ait deux",
      formations=("bts", "but", "lic"), autour=("bts/B/5km", "bts/A/5km", "but/B/5km", "but/A/5km", "lic/A+/5km"),
      constats=("AUCUN_VOEU",),
      propose=("bts/B:AUCUN_VOEU+VOEUX_A_CHOISIR", "bts/A:VOEUX_MANQUANTS",
        "but/B:VOEUX_A_CHOISIR+FORMATION_SANS_VOEU", "lic/A+:VOEUX_A_CHOISIR+FORMATION_SANS_VOEU",
        "but/A:VOEUX_MANQUANTS"), refus=("VOEUX_MANQUANTS",) * 3),
    H("six propositions au plus à la fois", formations=("bts", "but", "lic"),
      autour=("bts/B/5km", "bts/A/5km", "bts/A+/5km", "but/B/5km", "but/A/5km", "but/A+/5km", "lic/B/5km",
        "lic/A/5km", "lic/A+/5km"), constats=("AUCUN_VOEU",),
      propose=("bts/B:AUCUN_VOEU+VOEUX_A_CHOISIR", "bts/A:VOEUX_MANQUANTS",
        "but/B:VOEUX_A_CHOISIR+FORMATION_SANS_VOEU", "lic/B:VOEUX_A_CHOISIR+FORMATION_SANS_VOEU",
        "but/A:VOEUX_MANQUANTS", "lic/A:VOEUX_MANQUANTS")),
    H("le A avant le A+ pour la formation qui n’a que le B", voeux=("bts1/B", "bts1/A", "bts1/A+", "bts2/B"),
      autour=("bts2/A+/5km", "bts2/A/10km"), propose=("bts2/A:VOEUX_MANQUANTS", "bts2/A+:VOEUX_MANQUANTS")),
    H("jamais un A+ de plus pour faire le nombre", voeux=("bts1/A+", "bts1/B", "bts2/A+", "bts2/A", "bts2/B"),
      autour=("bts1/A+/5km",), refus=("VOEUX_MANQUANTS",)),
    H("le B ne manque qu’une fois le reste choisi", formations=("bts", "ifsi"), voeux=("ifsi/?",),
      autour=("bts/A/5km", "lic/B/5km"), constats=("DONNEES_INSUFFISANTES", "FORMATION_SANS_VOEU"),
      propose=("bts/A:VOEUX_A_CHOISIR", "lic/B:AUCUN_B"), refus=("VOEUX_MANQUANTS",) * 2),
    H("un établissement fermé n’est pas proposé", voeux=("bts1/A", "bts2/A+"),
      autour=("bts1/B/disparu", "bts2/?/5km"), constats=("AUCUN_B",), refus=("AUCUN_B", *("VOEUX_MANQUANTS",) * 2)),
    H("tout ambitieux, et rien de mieux qu’un A", voeux=("but1/A+/10km", "but1/A+/12km", "but2/A+/9km"),
      autour=("but1/A/20km",), constats=("TOUS_AMBITIEUX",), propose=("but1/A:VOEUX_MANQUANTS",),
      refus=("AUCUN_B", "CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("deux B, mieux à portée : trop peu de vœux pour parler d’auto-censure", voeux=("bts1/B/5km", "bts2/B/5km"),
      autour=("bts1/A/5km",), propose=("bts1/A:VOEUX_MANQUANTS",), refus=("VOEUX_MANQUANTS",) * 2),
    # Limits, to the unit
    H("dix vœux tout juste", voeux=("lic1/B", *(f"lic{i}/A" for i in range(2, 11))), refus=("VOEUX_MANQUANTS",) * 10),
    H("dix apprentissages tout juste, à côté de dix vœux",
      voeux=("lic1/B", *(f"lic{i}/A" for i in range(2, 11)), *(f"lic{i}/?/app" for i in range(1, 11))),
      constats=("DONNEES_INSUFFISANTES",), refus=("VOEUX_MANQUANTS",) * 10),
    H("dix sous-vœux tout juste dans un BTS", voeux=("bts1/B/x10", "lic/A"), autour=("bts1/A/5km", "lic/A+/5km"),
      propose=("lic/A+:VOEUX_MANQUANTS",), refus=("CLASSES_MANQUANTES:LIMITE", "VOEUX_MANQUANTS")),
    H("vingt sous-vœux tout juste : plus de place pour un BTS, encore pour une licence",
      voeux=("bts1/B/x7", "bts2/A/x7", "bts3/A+/x6", "lic/A/u1"),
      autour=("bts1/A/5km", "bts1/A+/6km", "lic/B/u1/5km"), propose=("lic/B:VOEUX_MANQUANTS",),
      refus=(*("CLASSES_MANQUANTES",) * 2, "CLASSES_MANQUANTES:LIMITE", "VOEUX_MANQUANTS")),
    H("vingt et un sous-vœux", voeux=("bts1/B/x7", "bts2/A/x7", "bts3/A+/x7", "lic/A"),
      constats=("TROP_DE_SOUS_VOEUX_EN_TOUT",),
      refus=(*("CLASSES_MANQUANTES",) * 3, "TROP_DE_SOUS_VOEUX_EN_TOUT:AUTRE_GESTE", "VOEUX_MANQUANTS")),
    H("six établissements du BTS et six en apprentissage : deux vœux", voeux=("bts1/B/x6", "bts1/?/app/x6", "lic/A"),
      constats=("DONNEES_INSUFFISANTES",), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("douze options de PASS dans une université : un seul vœu", voeux=("pass/A+/u1/x12", "lic/B"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("onze PASS dans onze universités : onze vœux", voeux=tuple(f"pass/A+/u{i}" for i in range(11)),
      constats=("TOUS_AMBITIEUX", "TROP_DE_VOEUX", "UNE_SEULE_FORMATION"),
      refus=("CLASSES_MANQUANTES", "TOUS_AMBITIEUX", "TROP_DE_VOEUX:AUTRE_GESTE", "UNE_SEULE_FORMATION")),
    H("trois parcours de la même licence, même université : un vœu",
      voeux=("lic1/B/u1/x3", *(f"lic{i}/A" for i in range(2, 11))), autour=("lic1/A/u1/5km", "lic2/B/u9/5km"),
      propose=("lic1/A:CLASSES_MANQUANTES",),
      refus=("CLASSES_MANQUANTES", *("VOEUX_MANQUANTS",) * 8, "VOEUX_MANQUANTS:LIMITE")),
    H("cinq IFSI : rien à vérifier", voeux=("ifsi/A/x4", "ifsi/B", "lic/A"),
      refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("six IFSI : vérifier les regroupements, c’est un de trop", voeux=("ifsi/A/x5", "ifsi/B", "lic/A"),
      constats=("PARAMEDICAL_A_VERIFIER",), refus=("CLASSES_MANQUANTES", "VOEUX_MANQUANTS")),
    H("onze certificats de spécialisation en apprentissage, sans aucun vœu d’étudiant", voeux=("cs/?/app/x11",),
      constats=("DONNEES_INSUFFISANTES", "TROP_D_APPRENTISSAGE", "UNE_SEULE_FORMATION"),
      refus=("CLASSES_MANQUANTES", "TROP_D_APPRENTISSAGE:AUTRE_GESTE", "UNE_SEULE_FORMATION")),
    # Days
    H("le profil compte comme vide jusqu’à vingt pour cent", completude=20, voeux=("lic1/A", "lic2/B"),
      constats=("PROFIL_VIDE",), refus=("VOEUX_MANQUANTS",) * 2),
    H("à vingt et un pour cent, il ne l’est plus", completude=21, voeux=("lic1/A", "lic2/B"),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("trente jours avant l’échéance", voeux=("lic1/A", "lic2/B"), jours=30, constats=("JALON_PROCHE",),
      refus=("VOEUX_MANQUANTS",) * 2),
    H("trente et un jours avant l’échéance", voeux=("lic1/A", "lic2/B"), jours=31, refus=("VOEUX_MANQUANTS",) * 2),
    H("le jour de l’échéance, elle n’est pas passée", voeux=("lic1/A", "lic2/B"), jours=0, constats=("JALON_PROCHE",),
      refus=("VOEUX_MANQUANTS",) * 2),
)  # fmt: skip


def proposed(proposition: Proposition) -> str:
    """Formation, class, and all that it settles: ``bts/B:AUCUN_B+VOEUX_MANQUANTS``."""
    name = proposition.formation_id
    classe = f"/{proposition.voeu.retenue.value}" if proposition.voeu else ""
    return f"{name}{classe}:{'+'.join(dict.fromkeys(constat.code for constat in proposition.resout))}"


def refused(refus: Refus) -> str:
    """What is left, and why unless nothing was found: ``AUCUN_B:LIMITE``."""
    return refus.constat.code if refus.motif == "AUCUN_CANDIDAT" else f"{refus.constat.code}:{refus.motif}"


def test_there_are_enough_stories():
    assert len(HISTOIRES) >= 90
    assert len({histoire.titre for histoire in HISTOIRES}) == len(HISTOIRES)


@pytest.mark.parametrize("histoire", HISTOIRES, ids=lambda histoire: histoire.titre)
def test_histoire(histoire: Histoire):
    liste = histoire.liste()
    found, completion = liste.diagnose(REGLES), histoire.complete()
    assert sorted(constat.code for constat in found.constats) == sorted(histoire.constats)
    assert [proposed(proposition) for proposition in completion.propositions] == list(histoire.propose)
    assert sorted(refused(refus) for refus in completion.refus) == sorted(histoire.refus)
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
