"""The 30 probable defects of MonProjetSup's engine, and what was decided for each.

Source of the list: the specification of the engine, section 15. ``regles.Regles`` holds the switches;
the tests named here show each defect in reference mode and its absence in corrected mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Decision = Literal["corrige", "garde", "sans_objet"]


@dataclass(frozen=True, slots=True)
class Defaut:
    """One defect.

    Attributes:
        numero: as in the specification.
        titre, explication: in French, for a curious teacher.
        test: what proves the decision, as pytest names it.
    """

    numero: int
    titre: str
    decision: Decision
    explication: str
    test: str


def _test(name: str) -> str:
    return f"tests/engine/test_defauts.py::{name}"


DEFAUTS: tuple[Defaut, ...] = (
    Defaut(
        1,
        "Parts de spécialités",
        "corrige",
        "Des pourcentages (0 à 100) servaient de fractions : 1 % suffisait à donner la note entière. Les "
        "parts sont maintenant des parts, et la note est entière quand les spécialités choisies sont "
        "celles d’au moins la moitié des admis.",
        _test("test_defaut_01_parts_de_specialites"),
    ),
    Defaut(
        2,
        "Raison donnée deux fois",
        "corrige",
        "La raison « spécialités » était dite deux fois pour la même formation. Chaque raison n’est dite qu’une fois.",
        _test("test_defaut_02_raison_dite_une_fois"),
    ),
    Defaut(
        3,
        "Pourcentage de spécialité multiplié par cent",
        "corrige",
        "30 % d’admis s’affichaient 3 000. Le pourcentage affiché est le pourcentage publié.",
        _test("test_defaut_03_pourcentage_affiche"),
    ),
    Defaut(
        4,
        "Courbe de la moyenne",
        "corrige",
        "La note d’une moyenne sautait d’un coup à la médiane des admis, puis redescendait au-dessus. La "
        "courbe est continue, et une meilleure moyenne ne fait jamais baisser la note.",
        _test("test_defaut_04_courbe_de_la_moyenne"),
    ),
    Defaut(
        5,
        "Pourcentage de ressemblance",
        "corrige",
        "La ressemblance affichée valait toujours 1 %. C’est maintenant la vraie part.",
        _test("test_defaut_05_pourcentage_de_ressemblance"),
    ),
    Defaut(
        6,
        "Baccalauréat absent ou blanc",
        "corrige",
        "Un bac absent arrêtait le calcul, et un bac fait d’espaces comptait comme technologique dans la "
        "variété de la liste. Les deux valent « non connu ».",
        _test("test_defaut_06_bac_absent_ou_blanc"),
    ),
    Defaut(
        7,
        "Ressemblance à sens unique",
        "corrige",
        "Il fallait que deux formations se citent l’une l’autre, sous le même code et pour le même bac. "
        "La ressemblance vaut dans les deux sens, passe par les regroupements, et emprunte les autres "
        "bacs quand celui de l’élève n’a rien.",
        _test("test_defaut_07_ressemblance_dans_les_deux_sens"),
    ),
    Defaut(
        8,
        "Lien affaibli des licences accès santé",
        "corrige",
        "Le lien fort hérité de la licence mère était remplacé par le lien faible hérité du PASS. Le "
        "plus fort des deux reste.",
        _test("test_defaut_08_lien_le_plus_fort"),
    ),
    Defaut(
        9,
        "Poids inégal entre formation et métier",
        "corrige",
        "De la formation vers le métier, le poids dépendait de la liste d’où venait le lien (1 ou 0,01). "
        "Il est le même pour tous.",
        _test("test_defaut_09_poids_egal_vers_les_metiers"),
    ),
    Defaut(
        10,
        "Intérêt pour la santé",
        "corrige",
        "« Soigner » n’ouvrait pas les licences accès santé, qu’un métier ou un domaine ouvrait. Un "
        "centre d’intérêt les ouvre aussi quand un quart au moins de ses métiers sont ceux du PASS.",
        _test("test_defaut_10_interet_pour_la_sante"),
    ),
    Defaut(
        11,
        "Arrondi avant le classement",
        "corrige",
        "Les affinités étaient arrondies avant d’être classées : plus de la moitié tombaient à zéro et "
        "finissaient au hasard. Le classement se fait sur les valeurs exactes ; seul l’affichage "
        "arrondit.",
        _test("test_defaut_11_classement_sans_arrondi"),
    ),
    Defaut(
        12,
        "Quota qui passe avant l’affinité",
        "corrige",
        "Une formation très répandue d’affinité 0,0006 pouvait passer avant une autre d’affinité 1. Être "
        "répandue n’est plus qu’une légère préférence (15 % au plus), et on ne passe devant une "
        "meilleure formation qu’en valant au moins 80 % de celle-ci.",
        _test("test_defaut_12_quota_souple"),
    ),
    Defaut(
        13,
        "Réglage de la moyenne sans effet",
        "corrige",
        "Le réglage qui interdit d’utiliser les moyennes n’interdisait rien. Quand il est posé, la "
        "moyenne ne pèse plus.",
        _test("test_defaut_13_moyenne_debrayable"),
    ),
    Defaut(
        14,
        "L’inconnu avantagé",
        "corrige",
        "Une formation sans statistiques passait devant une formation dont on sait qu’elle n’admet pas "
        "ce bac. Ce que personne n’a publié vaut le pire de ce qui est publié, jamais mieux.",
        _test("test_defaut_14_inconnu_sans_avantage"),
    ),
    Defaut(
        15,
        "Formations et vœux disparus",
        "corrige",
        "Les formations et les vœux qui n’existent plus étaient lus quand même. Ils sont écartés.",
        _test("test_defaut_15_obsoletes_ecartes"),
    ),
    Defaut(
        16,
        "Mémoire sans limite",
        "corrige",
        "Chaque demande nouvelle occupait de la mémoire pour toujours (1,57 Go après 294 profils). La "
        "mémoire est bornée par la taille des données, dans les deux modes.",
        _test("test_defaut_16_memoire_bornee"),
    ),
    Defaut(
        17,
        "Deux longueurs de chemin",
        "corrige",
        "Une même constante comptait des traits ici et des points là : les métiers étaient atteints en "
        "trois étapes, les formations en deux. Deux étapes pour tous : au-delà, tout est lié à tout.",
        _test("test_defaut_17_deux_etapes_partout"),
    ),
    Defaut(
        18,
        "Classement sans aucun goût",
        "corrige",
        "Des villes seules, ou des codes inconnus, donnaient une liste où tout vaut zéro, dans un ordre "
        "quelconque. La liste est vide, et l’écran dit ce qui manque au profil.",
        _test("test_defaut_18_rien_de_personnel"),
    ),
    Defaut(
        19,
        "Formation notée 1 ou 2",
        "corrige",
        "Une formation retenue mais mal notée (1 ou 2 sur 5) comptait autant qu’une autre. Elle ne compte plus.",
        _test("test_defaut_19_favori_mal_note"),
    ),
    Defaut(
        20,
        "Raison vide",
        "corrige",
        "La raison « tes goûts » pouvait être donnée sans aucun goût à citer. Elle n’est donnée que s’il y en a un.",
        _test("test_defaut_20_raison_vide"),
    ),
    Defaut(
        21,
        "Graphe mal vidé",
        "sans_objet",
        "Vider le graphe laissait une table derrière. Ici, le graphe est construit une fois et ne change "
        "plus : il n’y a rien à vider.",
        _test("test_defaut_21_graphe_immuable"),
    ),
    Defaut(
        22,
        "Ville donnée par son nom",
        "corrige",
        "Une ville donnée par son nom n’était jamais trouvée. Elle l’est si aucune autre ne porte ce nom.",
        _test("test_defaut_22_ville_par_son_nom"),
    ),
    Defaut(
        23,
        "Codes d’intérêts trop fins",
        "corrige",
        "Un code plus fin que ceux proposés à l’élève était ignoré. Il vaut le centre d’intérêt ou le "
        "domaine dont il fait partie.",
        _test("test_defaut_23_codes_trop_fins"),
    ),
    Defaut(
        24,
        "Durée non publiée",
        "corrige",
        "Une durée inconnue comptait comme un an. Elle est au milieu de l’échelle, trois ans.",
        _test("test_defaut_24_duree_inconnue"),
    ),
    Defaut(
        25,
        "Formation déjà retenue",
        "garde",
        "Une formation déjà retenue peut encore être suggérée. C’est voulu : l’écran la marque, et la "
        "voir haut dans la liste confirme le choix de l’élève.",
        _test("test_defaut_25_formation_deja_retenue"),
    ),
    Defaut(
        26,
        "Ville sans code",
        "corrige",
        "Une ville sans code arrêtait le calcul. Elle est ignorée.",
        _test("test_defaut_26_ville_sans_code"),
    ),
    Defaut(
        27,
        "Division par zéro",
        "corrige",
        "Une seule formation sans aucun admis rendait toutes les affinités nulles. Aucun admis vaut "
        "« pas de statistiques ».",
        _test("test_defaut_27_division_par_zero"),
    ),
    Defaut(
        28,
        "Métiers à égalité",
        "corrige",
        "Un plafond commun mettait à égalité tous les métiers d’un profil bien rempli. Chaque goût a son "
        "plafond, et le métier reçoit la moyenne de ce que tous apportent.",
        _test("test_defaut_28_plafond_par_source"),
    ),
    Defaut(
        29,
        "Repères calculés sur des formations cachées",
        "corrige",
        "« Beaucoup de places » se mesurait aussi sur les licences accès santé, que la plupart des "
        "élèves ne voient pas. Elles ne comptent plus dans la mesure.",
        _test("test_defaut_29_reperes_visibles"),
    ),
    Defaut(
        30,
        "Dépassement d’entier",
        "sans_objet",
        "Au-delà de 21 474, le calcul de ressemblance débordait en négatif à l’import. Les entiers d’ici "
        "ne débordent pas, et une note de ressemblance négative vaut zéro.",
        _test("test_defaut_30_grands_entiers"),
    ),
)
