"""What the two modes of the engine do differently, rule by rule; everything else is shared code.

``REFERENCE`` reproduces MonProjetSup, its defects included, so that fidelity can be measured.
``CORRIGE`` is what the product uses. The numbers refer to section 15 of the specification of the
engine; ``defauts`` tells the decision taken for each.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Mode = Literal["reference", "corrige"]


@dataclass(frozen=True, slots=True)
class Regles:
    """One switch per rule that was corrected: False = as MonProjetSup does, True = as it should.

    Attributes:
        parts_en_fractions: 1, spécialité shares are shares of the admitted, not all or nothing.
        courbe_croissante: 4, the score of an average is continuous and never falls.
        similarite_symetrique: 7, likeness works both ways, through groups, whatever the bac.
        lien_le_plus_fort: 8, an inherited edge never weakens a stronger one.
        lien_retour_faible: 9, formation to métier weighs the same wherever the pair comes from.
        sante_par_interets: 10, interests that lead to health métiers open the licences accès santé.
        sans_arrondi: 11, ranking on unrounded affinities.
        quota_souple: 12, how widely a formation is offered is a slight preference among good ones.
        moyenne_debrayable: 13, averages that must not be used are neutral.
        inconnu_sans_avantage: 14, what nobody published counts as the worst that is published.
        obsoletes_ecartes: 15, formations and vœux that no longer exist are not read.
        deux_aretes_partout: 17, métiers too are reached by two edges at most.
        personnel_exige: 18, without a known taste there is nothing to rank.
        favoris_mal_notes_ignores: 19, a favourite scored 1 or 2 weighs nothing.
        profil_tolerant: 6, 22, 23, 26, blank bac, names of towns, atoms and null towns are understood.
        duree_inconnue_neutre: 24, a missing duration is in the middle of the scale.
        parts_sans_division_par_zero: 27, nobody admitted at all = no statistics.
        plafond_par_source: 28, a métier is worth the mean of what each source brings.
        offre_parmi_visibles: 29, places are compared without the licences accès santé, which few students see.
        explications_fondues: 2, 20, one explanation by kind, none that is empty.
        ressemblance_souple: not being alike to a favourite costs at most ``SIM_MINIMALE``, where the
            reference divides by a thousand whatever ties the formation to the other tastes.
        las_des_deux_gouts: what ties a student to a licence accès santé through health alone counts for
            ``PART_SANTE_SEULE`` of it: its mother licence makes two thirds of the courses.
        favori_compte_pour_lui: a favourite is tied to itself as a liked domaine is to its formations
            (nothing in the graph leads from a formation to itself: a favourite alone came last of its own list).
        favoris_en_vue: a formation scored 5 is among the first ``EN_VUE``, whatever speaks against it.
        silence_neutre: what the student did not say multiplies nothing (the reference multiplies
            every formation by the same tiny constant).
    """

    parts_en_fractions: bool
    courbe_croissante: bool
    similarite_symetrique: bool
    lien_le_plus_fort: bool
    lien_retour_faible: bool
    sante_par_interets: bool
    sans_arrondi: bool
    quota_souple: bool
    moyenne_debrayable: bool
    inconnu_sans_avantage: bool
    obsoletes_ecartes: bool
    deux_aretes_partout: bool
    personnel_exige: bool
    favoris_mal_notes_ignores: bool
    profil_tolerant: bool
    duree_inconnue_neutre: bool
    parts_sans_division_par_zero: bool
    plafond_par_source: bool
    offre_parmi_visibles: bool
    explications_fondues: bool
    ressemblance_souple: bool
    las_des_deux_gouts: bool
    favori_compte_pour_lui: bool
    favoris_en_vue: bool
    silence_neutre: bool


REFERENCE = Regles(**{champ.name: False for champ in fields(Regles)})
CORRIGE = Regles(**{champ.name: True for champ in fields(Regles)})


def regles_du_mode(mode: Mode) -> Regles:
    """The rules of one mode."""
    return CORRIGE if mode == "corrige" else REFERENCE
