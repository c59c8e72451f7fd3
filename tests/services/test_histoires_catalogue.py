"""Worked cases on the real catalogue: the figures decide, so that what is asserted holds for any session."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mps_desktop.engine.classes import ClasseVoeu, TypeBac
from mps_desktop.engine.completion import Completion
from mps_desktop.engine.limites import count
from mps_desktop.services.alentours import rank_others, towns
from mps_desktop.services.completion import Completeur
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.socle import Socle
from mps_desktop.storage.records import EleveRecord, FavoriRecord, ProfilRecord

PARIS, LYON, RENNES = ("75115",), ("69123",), ("35238",)


class Cas:
    """One student on the real figures."""

    def __init__(self, socle: Socle, niveau: str = "terminale", **profil: object) -> None:
        self.socle = socle
        self.eleve = EleveRecord(1, "FICTIF", "Cas", "TG1", niveau, profil=ProfilRecord(**profil))  # type: ignore[arg-type]  # fields of the record
        self.diagnostiqueur = Diagnostiqueur(socle, date(2026, 2, 1))
        self.regles = socle.parametres.regles

    def codes(self) -> set[str]:
        return {constat.code for constat in self.diagnostiqueur.liste(self.eleve).diagnose(self.regles).constats}

    def complete(self) -> Completion:
        return Completeur(self.socle).complete(self.eleve, self.diagnostiqueur)

    def codes_after(self) -> set[str]:
        liste = self.diagnostiqueur.liste(self.eleve)
        for proposition in self.complete().propositions:
            liste = liste.adding(proposition)
        return {constat.code for constat in liste.diagnose(self.regles).constats}


def find(socle: Socle, words: str) -> str:
    """Id of the formation whose label is that one."""
    return next(f.id for f in socle.catalogue.formations() if f.libelle == words)


def of_class(socle: Socle, formation: str, classe: str, count: int, **profil: Any) -> tuple[str, ...]:
    """Vœux of a formation that the figures put in a class for that student."""
    cas = Cas(socle, **profil)
    ids = [voeu.id for voeu in socle.catalogue.voeux_of_formation(formation)]
    cas.diagnostiqueur.load(ids)
    found = [i for i in ids if cas.diagnostiqueur.for_balance(cas.eleve, i, None).estimee == ClasseVoeu(classe)]
    if len(found) < count:
        pytest.skip(f"pas assez de vœux {classe} pour {formation} dans ce catalogue")
    return tuple(found[:count])


def test_stmg_at_11_5_with_three_but(socle: Socle):
    profil = {"bac": "STMG", "moyenne": 11.5, "communes": PARIS, "domaines": ("dom41",)}
    but = find(socle, "BUT - Techniques de commercialisation")
    voeux = of_class(socle, but, "A+", 3, **profil)
    cas = Cas(socle, **profil, favoris=(FavoriRecord(but, voeux=voeux),))
    assert {"TOUS_AMBITIEUX", "UNE_SEULE_FORMATION"} <= cas.codes()
    assert not cas.codes_after() & {"TOUS_AMBITIEUX", "AUCUN_B"}


def test_17_5_with_only_the_hardest_cpge(socle: Socle):
    profil = {"bac": "Générale", "moyenne": 17.5, "communes": PARIS, "domaines": ("dom41",)}
    mpsi = find(socle, "CPGE - MPSI")
    alone = Cas(socle, **profil)
    ids = [voeu.id for voeu in socle.catalogue.voeux_of_formation(mpsi)]
    alone.diagnostiqueur.load(ids)
    voeux = sorted(ids, key=lambda i: alone.diagnostiqueur.for_balance(alone.eleve, i, None).bas or 1.0)[:3]
    cas = Cas(socle, **profil, favoris=(FavoriRecord(mpsi, 1, tuple(voeux)),))
    assert cas.codes() & {"TOUS_AMBITIEUX", "AUCUN_B"}
    assert not cas.codes_after() & {"TOUS_AMBITIEUX", "AUCUN_B"}
    first = cas.complete().propositions[0]
    assert first.voeu is not None
    assert first.voeu.estimee is ClasseVoeu.SECURISANT


def test_bac_pro_with_bts(socle: Socle):
    profil = {"bac": "P", "moyenne": 13.0, "communes": LYON}
    bts = find(socle, "BTS - Management Commercial Opérationnel")
    voeux = of_class(socle, bts, "B", 3, **profil)
    cas = Cas(socle, **profil, favoris=(FavoriRecord(bts, voeux=voeux),))
    assert "AUTO_CENSURE" in cas.codes()
    assert "AUTO_CENSURE" not in cas.codes_after()


def test_pass_only_in_one_town(socle: Socle):
    profil = {"bac": "Générale", "moyenne": 13.0, "communes": LYON}
    formation = next(f for f in socle.catalogue.formations() if f.libelle.startswith("PASS"))
    voeux = of_class(socle, formation.id, "A+", 2, **profil)
    cas = Cas(socle, **profil, favoris=(FavoriRecord(formation.id, voeux=voeux),))
    assert {"TOUS_AMBITIEUX", "UNE_SEULE_FORMATION"} <= cas.codes()
    liste = cas.diagnostiqueur.liste(cas.eleve)
    assert {voeu.categorie for voeu in liste.voeux} == {"pass"}


def test_nothing_declared(socle: Socle):
    cas = Cas(socle)
    assert cas.codes() == {"PROFIL_VIDE", "AUCUNE_FORMATION", "JALON_PROCHE"}
    assert cas.complete().propositions == ()
    assert {refus.motif for refus in cas.complete().refus} == {"BAC_INCONNU"}


def test_tastes_but_no_formation_yet(socle: Socle):
    cas = Cas(socle, bac="Générale", moyenne=12.0, communes=LYON, domaines=("dom41", "dom7"), interets=("ci16",))
    found = cas.complete()
    assert found.propositions
    assert {constat.code for constat in found.propositions[0].resout} >= {"AUCUNE_FORMATION"}
    assert "AUCUNE_FORMATION" not in cas.codes_after()


def test_the_proposals_do_not_depend_on_the_class_that_was_done_before(socle: Socle):
    profil = {"bac": "STMG", "moyenne": 12.0, "communes": RENNES, "domaines": ("dom41",)}
    but = find(socle, "BUT - Techniques de commercialisation")
    voeux = of_class(socle, but, "A+", 2, **profil)
    cas = Cas(socle, **profil, favoris=(FavoriRecord(but, voeux=voeux),))
    shared = Completeur(socle)
    for bac in ("Générale", "P", "STMG"):
        other = Cas(socle, bac=bac, moyenne=10.0, communes=PARIS, domaines=("dom7",))
        shared.complete(other.eleve, cas.diagnostiqueur)
    again = shared.complete(cas.eleve, cas.diagnostiqueur)
    assert again == cas.complete()


def test_a_hidden_formation_is_never_proposed(socle: Socle):
    profil = {"bac": "Générale", "moyenne": 12.0, "communes": LYON, "domaines": ("dom41",)}
    first = Cas(socle, **profil).complete().propositions[0].formation_id
    cas = Cas(socle, **profil, corbeille=(first,))
    assert first not in {p.formation_id for p in cas.complete().propositions}


def test_apprentissage_is_never_proposed_nor_estimated(socle: Socle):
    profil = {"bac": "Générale", "moyenne": 12.0, "communes": LYON}
    voeu = next(
        v for f in socle.catalogue.formations() for v in socle.catalogue.voeux_of_formation(f.id) if v.apprentissage
    )
    cas = Cas(socle, **profil, favoris=(FavoriRecord(voeu.formation_id, voeux=(voeu.id,)),), alternance="pas_interesse")
    assert {"CONTRE_ALTERNANCE", "DONNEES_INSUFFISANTES"} <= cas.codes()
    assert all(p.voeu is None or not p.voeu.apprentissage for p in cas.complete().propositions)


def test_without_a_bac_nothing_is_estimated_and_it_is_said(socle: Socle):
    but = find(socle, "BUT - Techniques de commercialisation")
    cas = Cas(socle, communes=LYON, domaines=("dom41",), favoris=(FavoriRecord(but),))
    assert {refus.motif for refus in cas.complete().refus} == {"BAC_INCONNU"}


def test_a_premiere_is_proposed_formations_and_no_voeu(socle: Socle):
    cas = Cas(socle, niveau="premiere", bac="Générale", domaines=("dom41",), interets=("ci16",))
    found = cas.complete()
    assert [p.voeu for p in found.propositions] == [None, None]
    assert [refus.motif for refus in found.refus] == ["METIERS"]


def test_the_due_date_of_2026_is_near_on_the_first_of_february(socle: Socle):
    but = find(socle, "BUT - Techniques de commercialisation")
    cas = Cas(socle, bac="Générale", favoris=(FavoriRecord(but),))
    assert "JALON_PROCHE" in cas.codes()
    assert "28 février 2026" in cas.diagnostiqueur.equilibre(cas.eleve).jalon.echeance


def test_the_view_tells_everything_in_french(socle: Socle):
    profil = {"bac": "STMG", "moyenne": 11.5, "communes": PARIS, "domaines": ("dom41",)}
    but = find(socle, "BUT - Techniques de commercialisation")
    voeux = of_class(socle, but, "A+", 3, **profil)
    cas = Cas(socle, **profil, favoris=(FavoriRecord(but, voeux=voeux),))
    vue = Completeur(socle)(cas.eleve, cas.diagnostiqueur, cas.diagnostiqueur.equilibre(cas.eleve))
    assert "sur\u00a010" in vue.chance
    assert "prudent" in vue.chance_note
    assert [(c.libelle, c.nombre, c.limite) for c in vue.compteurs] == [("Vœux", 1, 10), ("Sous-vœux", 3, 20)]
    first = vue.propositions[0]
    assert first.voeu is not None
    assert first.resout[0].startswith("Répond à\u202f: ")
    assert "des villes souhaitées" in first.ou


def test_formations_that_two_candidates_of_his_kind_asked_for_are_never_safe(socle: Socle):
    profil = {"bac": "P", "moyenne": 19.0, "communes": LYON}
    few = [
        stats
        for stats in socle.catalogue.statistiques(
            row[0] for row in socle.catalogue.rows("SELECT id FROM voeux")
        ).values()
        if not stats.apprentissage
        and (figures := stats.par_bac.get(TypeBac.PROFESSIONNEL)) is not None
        and 3 <= figures.candidats < socle.parametres.seuils.candidats_min
        and (stats.sessions[-1].taux_acces or 0) >= 95
    ]
    if len(few) < 5:
        pytest.skip("pas assez de formations presque sans candidat de bac professionnel dans ce catalogue")
    cas = Cas(socle, **profil)
    cas.diagnostiqueur.load(stats.id for stats in few)
    found = {stats.id: cas.diagnostiqueur.for_balance(cas.eleve, stats.id, None).estimee for stats in few}
    assert ClasseVoeu.SECURISANT not in found.values()
    kept = [socle.catalogue.voeu(i) for i, classe in found.items() if classe is ClasseVoeu.REALISTE][:3]
    assert len(kept) == 3
    favoris = {voeu.formation_id: FavoriRecord(voeu.formation_id, voeux=(voeu.id,)) for voeu in kept if voeu}
    alone = Cas(socle, **profil, favoris=tuple(favoris.values()))
    assert alone.codes() & {"AUCUN_B", "TOUS_AMBITIEUX"}
    few_ids = {stats.id for stats in few}
    safe = [p.voeu for p in alone.complete().propositions if p.voeu and p.voeu.retenue is ClasseVoeu.SECURISANT]
    assert safe
    assert not few_ids & {voeu.id for voeu in safe}


def test_a_student_of_la_reunion_with_everything_in_metropole(socle: Socle):
    profil = {"bac": "Générale", "moyenne": 13.0, "communes": ("97411",), "domaines": ("dom41",)}
    licence = find(socle, "Licence - Droit")
    far = [v.id for v in socle.catalogue.voeux_of_formation(licence) if v.academie in ("Paris", "Lyon", "Lille")][:3]
    cas = Cas(socle, **profil, favoris=(FavoriRecord(licence, voeux=tuple(far)),))
    assert "HORS_COMMUNES" in cas.codes()
    near = [p for p in cas.complete().propositions if "HORS_COMMUNES" in {c.code for c in p.resout}]
    assert len(near) == 1
    assert near[0].voeu is not None
    assert near[0].rayon_km == 50.0
    found = socle.catalogue.voeu(near[0].voeu.id)
    assert found is not None
    assert found.academie == "La Réunion"
    assert "HORS_COMMUNES" not in cas.codes_after()


def test_a_list_of_last_year_with_a_voeu_that_is_gone(socle: Socle):
    but = find(socle, "BUT - Techniques de commercialisation")
    profil = {"bac": "STMG", "moyenne": 12.0, "communes": PARIS}
    kept = (*of_class(socle, but, "A", 2, **profil), "ta99999999")
    cas = Cas(socle, **profil, favoris=(FavoriRecord(but, voeux=kept),))
    assert {"VOEU_DISPARU", "AUCUN_B", "UNE_SEULE_FORMATION"} <= cas.codes()
    refus = {refus.constat.code: (refus.motif, refus.constat.ids) for refus in cas.complete().refus}
    assert refus["VOEU_DISPARU"] == ("AUTRE_GESTE", ("ta99999999",))
    assert "VOEU_DISPARU" in cas.codes_after()
    assert "AUCUN_B" not in cas.codes_after()


def test_two_but_and_a_pass(socle: Socle):
    profil = {"bac": "Générale", "moyenne": 11.0, "communes": LYON, "domaines": ("dom41",)}
    formations = [find(socle, "BUT - Techniques de commercialisation"), find(socle, "BUT - Informatique")]
    formations.append(next(f.id for f in socle.catalogue.formations() if f.libelle.startswith("PASS")))
    favoris = tuple(FavoriRecord(f, voeux=of_class(socle, f, "A+", 1, **profil)) for f in formations)
    cas = Cas(socle, **profil, favoris=favoris)
    assert cas.codes() & {"TOUS_AMBITIEUX", "AUCUN_B"} == {"TOUS_AMBITIEUX"}
    first = cas.complete().propositions[0]
    assert "TOUS_AMBITIEUX" in {constat.code for constat in first.resout}
    assert first.voeu is not None
    assert first.voeu.retenue is ClasseVoeu.SECURISANT
    assert not cas.codes_after() & {"TOUS_AMBITIEUX", "AUCUN_B"}


def test_options_of_one_pass_are_one_voeu_and_ile_de_france_is_one(socle: Socle):
    formation = next(f.id for f in socle.catalogue.formations() if f.libelle.startswith("PASS"))
    voeux = socle.catalogue.voeux_of_formation(formation)
    lille = [v.id for v in voeux if v.academie == "Lille"]
    paris = [v for v in voeux if v.region == "Île-de-France"]
    assert len(lille) > 1
    assert len({v.uai for v in paris}) > 1

    def counted(ids: list[str]) -> int:
        cas = Cas(socle, bac="Générale", favoris=(FavoriRecord(formation, voeux=tuple(ids)),))
        return count(cas.diagnostiqueur.liste(cas.eleve).voeux, cas.regles.limites).voeux

    universities = {v.uai for v in voeux if v.academie == "Lille"}
    assert counted(lille) == len(universities) < len(lille)
    assert counted([v.id for v in paris]) == 1
    assert counted([*lille, *(v.id for v in paris)]) == len(universities) + 1


def test_all_b_is_no_self_censorship_when_nothing_better_is_within_reach(socle: Socle):
    profil = {"bac": "P", "moyenne": 13.0, "communes": LYON}
    bts = find(socle, "BTS - Management Commercial Opérationnel")
    voeux = of_class(socle, bts, "B", 3, **profil)
    near = Cas(socle, **profil, favoris=(FavoriRecord(bts, voeux=voeux),))
    constat = next(c for c in near.diagnostiqueur.liste(near.eleve).diagnose(near.regles).constats
                   if c.code == "AUTO_CENSURE")  # fmt: skip
    reached = {bts, *rank_others(socle, near.eleve)}
    assert set(constat.ids) <= reached
    solved = [p for p in near.complete().propositions if "AUTO_CENSURE" in {c.code for c in p.resout}]
    assert solved[0].voeu is not None
    assert solved[0].voeu.retenue in (ClasseVoeu.REALISTE, ClasseVoeu.AMBITIEUX)
    island = Cas(socle, **{**profil, "communes": ("97501",)}, favoris=(FavoriRecord(bts, voeux=voeux),))
    assert towns(socle, island.eleve.profil)
    assert "AUTO_CENSURE" not in island.codes()
