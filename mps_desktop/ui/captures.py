"""A picture of every screen and of its important states, on invented people."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import Settings
from mps_desktop.services.dossiers import password_opinion
from mps_desktop.services.mise_a_jour import BilanMaj, ChangementEleve
from mps_desktop.services.psyen import NoteSaisie
from mps_desktop.services.views import ClasseVue, EleveLigne
from mps_desktop.ui.application import build_application
from mps_desktop.ui.camera import Camera
from mps_desktop.ui.captures_identite import take_identity
from mps_desktop.ui.dialogs.ajouter_voeux import AjouterVoeuxDialog
from mps_desktop.ui.dialogs.avis import AvisDialog
from mps_desktop.ui.dialogs.colonnes import ColonnesDialog
from mps_desktop.ui.dialogs.files import SystemFiles
from mps_desktop.ui.dialogs.raccourcis import RaccourcisDialog
from mps_desktop.ui.dialogs.voeux_lus import VoeuxLusDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import AccueilPort, Outside, SessionPort
from mps_desktop.ui.screens.importer.importer_presenter import ImporterPresenter
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import ENTRETIENS, EQUILIBRE, PROFIL, PSYEN, SUGGESTIONS, Workspace

_SIZE = (1280, 800)
_GROS_TEXTE = 150
_TRES_GROS_TEXTE = 200
_PETIT_ECRAN = (1280, 720)
_MOT_DE_PASSE = "girafe violette sous la pluie"
_MOT_DE_PASSE_PSYEN = "carafe orage lutin bambou"


@dataclass
class _Settings:
    """Settings of the captures: kept nowhere."""

    current: Settings = field(default_factory=lambda: Settings(theme="clair"))

    def update(self, **changes: object) -> Settings:
        self.current = replace(self.current, **changes)  # type: ignore[arg-type]  # checked by the dataclass users
        return self.current


def write_captures(accueil: AccueilPort, target: Path, progress: Progress) -> tuple[Path, ...]:
    """Write the pictures, 1280 × 800, light, dark and with large text.

    Args:
        accueil: gives the demonstration.
        target: folder of the pictures.

    Raises:
        EnvironmentFault: the folder cannot be written, or the demonstration cannot be opened.
    """
    make_folder(target)
    app = build_application(["captures"])
    theme = Theme(app)
    errors: list[BaseException] = []

    def keep(exc: BaseException) -> None:
        errors.append(exc)

    with tempfile.TemporaryDirectory(prefix="mps-images-") as temporary:
        outside = Outside(SystemFiles(), password_opinion, keep, Path("Documents"))
        window = MainWindow(accueil, _Settings(), theme, outside)
        window.resize(*_SIZE)
        window.show()
        camera = Camera(window, target, progress)
        try:
            _opening(window, camera)
            _empty(window, camera, Path(temporary))
            _demo(window, theme, camera, Path(temporary))
        finally:
            window.close()
            window.deleteLater()
            theme.set(mode="clair", taille=100)
    if errors:
        raise errors[0]
    return tuple(camera.files)


def _opening(window: MainWindow, camera: Camera) -> None:
    camera.take("ouverture")
    view = window.ouverture_view
    view.mode.button("creer").click()
    view.nom.setText("TG3 2026-2027")
    view.nouveau.setText(_MOT_DE_PASSE)
    camera.take("ouverture_creer")


def _empty(window: MainWindow, camera: Camera, folder: Path) -> None:
    """A dossier that has just been created."""
    view = window.ouverture_view
    window.ouverture.set_place(folder / "dossier")
    view.confirmation.setText(_MOT_DE_PASSE)
    view.creer.click()
    camera.take("classe_vide")
    window.lock()
    camera.settle()


def _demo(window: MainWindow, theme: Theme, camera: Camera, folder: Path) -> None:
    window.ouverture.open_demo()
    camera.settle()
    workspace, session = window.workspace, window.session
    if workspace is None or session is None:
        raise EnvironmentFault("La démonstration ne s’est pas ouverte.", window.ouverture_view.banniere.texte)
    vue = workspace.classe.vue
    if vue is None or not vue.lignes:
        raise EnvironmentFault("La démonstration est vide.", "Réinstallez MPS Bureau.")
    workspace.classe.load(vue.classes[0])
    camera.settle()
    workspace.classe_view.table.clearSelection()
    camera.take("classe")
    eleve = max(workspace.classe.shown(), key=_interest)
    workspace.open_eleve(eleve.id)
    for name, tab in (("profil", PROFIL), ("suggestions", SUGGESTIONS), ("equilibre", EQUILIBRE)):
        workspace.eleve_view.tabs.setCurrentIndex(tab)
        camera.take(name)
    take_identity(workspace, theme, session, camera.take)
    _take_propositions(workspace, camera, "")
    _entretiens(session, workspace, camera)
    workspace.open_eleve(eleve.id)
    _psyen(session, workspace, camera)
    _hypotheses(workspace, camera)
    _add_voeux(window, workspace, theme, camera)
    _fiches(workspace, camera)
    _balance_dialogs(workspace, theme, camera)
    workspace.show_screen("documents")
    camera.take("documents")
    _search(workspace, camera)
    raccourcis = RaccourcisDialog(workspace)
    raccourcis.show()
    camera.take("raccourcis", raccourcis)
    raccourcis.close()
    _donnees(workspace, eleve, camera)
    _import(session, workspace, vue, camera, folder)
    for suffix, appearance in (("sombre", {"mode": "sombre"}), ("150", {"mode": "clair", "taille": _GROS_TEXTE})):
        theme.set(**appearance)  # type: ignore[arg-type]  # mode or taille
        _tour(workspace, eleve, camera, suffix)
        _entretiens(session, workspace, camera, f"_{suffix}")
        workspace.open_eleve(eleve.id)
        _psyen(session, workspace, camera, f"_{suffix}")
        take_identity(workspace, theme, session, camera.take, f"_{suffix}")
        _import(session, workspace, vue, camera, folder, f"_{suffix}")
    theme.set(mode="clair", taille=_TRES_GROS_TEXTE)
    window.resize(*_PETIT_ECRAN)
    workspace.show_screen("classe")
    camera.take("classe_200")
    workspace.open_eleve(eleve.id)
    for name, tab in (("profil", PROFIL), ("equilibre", EQUILIBRE)):
        workspace.eleve_view.tabs.setCurrentIndex(tab)
        camera.take(f"{name}_200")


def _tour(workspace: Workspace, eleve: EleveLigne, camera: Camera, suffix: str) -> None:
    """The main screens in another appearance."""
    workspace.show_screen("classe")
    camera.take(f"classe_{suffix}")
    workspace.open_eleve(eleve.id)
    for name, tab in (("profil", PROFIL), ("suggestions", SUGGESTIONS), ("equilibre", EQUILIBRE)):
        workspace.eleve_view.tabs.setCurrentIndex(tab)
        camera.take(f"{name}_{suffix}")
    _take_propositions(workspace, camera, f"_{suffix}")
    workspace.show_screen("donnees")
    camera.take(f"donnees_{suffix}")
    _search(workspace, camera, f"_{suffix}")
    _hypotheses(workspace, camera, f"_{suffix}")
    _fiches(workspace, camera, f"_{suffix}")


def _search(workspace: Workspace, camera: Camera, suffix: str = "") -> None:
    """The answers of the global search."""
    recherche = workspace.barre.recherche
    recherche.setText("info rennes")
    recherche.ask()
    camera.settle()
    recherche.popup.resize(recherche.popup_width(), 460)
    camera.take(f"recherche{suffix}", recherche.popup)
    recherche.popup.hide()
    recherche.clear()


def _donnees(workspace: Workspace, eleve: EleveLigne, camera: Camera) -> None:
    """The data screen, then the report of an update (invented figures)."""
    workspace.show_screen("donnees")
    camera.take("donnees")
    view = workspace.donnees_view
    nom = f"{eleve.nom} {eleve.prenom}"
    view.show_bilan(
        BilanMaj(
            ("parcoursup.csv : admissions de Parcoursup, session 2026, 13 870 lignes. 13 402 vœux mis à jour.",),
            ("412 vœux ne sont plus proposés : gardés, marqués « n’existe plus ».", "65 contrôles passés."),
            (
                ChangementEleve(eleve.id, nom, 3, "BUT inventé, IUT fictif (Lyon) : n’existe plus."),
                ChangementEleve(eleve.id, nom, 1, "Licence inventée, Université fictive : de 120 à 60 places."),
            ),
            36,
        )
    )
    view.bloc_appliquer.show()
    camera.take("donnees_bilan")
    view.resultat.hide()
    view.bloc_appliquer.hide()


def _hypotheses(workspace: Workspace, camera: Camera, suffix: str = "") -> None:
    """Reasons of a suggestion, another profile, spécialités."""
    workspace.show_screen("eleve")
    workspace.eleve_view.tabs.setCurrentIndex(SUGGESTIONS)
    camera.settle()
    codes = tuple(workspace.suggestions_view.cards)
    if codes:
        workspace.suggestions_view.cards[codes[min(7, len(codes) - 1)]].pourquoi.click()
        camera.take(f"pourquoi{suffix}")
    et_si = workspace.hypotheses.show_et_si()
    et_si.alternance.button("tres_interesse").click()
    et_si.duree.button("courte").click()
    camera.take(f"et_si{suffix}", et_si)
    et_si.close()
    simulateur = workspace.hypotheses.show_simulateur()
    camera.take(f"simulateur{suffix}", simulateur)
    simulateur.close()


def _fiches(workspace: Workspace, camera: Camera, suffix: str = "") -> None:
    """The Explorer: what it offers first, a search, and the tabs of a fiche."""
    workspace.show_screen("explorer")
    camera.take(f"explorer{suffix}")
    view = workspace.explorer_view
    view.champ.setText("informatique")
    workspace.explorer.search()
    camera.settle()
    found = view.resultats.options
    if not found:
        return
    view.resultats.picked.emit(found[0])
    camera.settle()
    for number in range(view.fiche.tabs.count()):
        view.fiche.tabs.setCurrentIndex(number)
        camera.take(f"explorer_fiche_{number + 1}{suffix}")
    view.champ.clear()
    camera.settle()
    metier = next((option for option in found if option.categorie == "metier"), None)
    for name, option in (("metier", metier), ("page", view.resultats.options[0])):
        if option is not None:
            workspace.open_fiche(option.categorie, option.code)
            camera.settle()
            camera.take(f"explorer_{name}{suffix}")


def _take_propositions(workspace: Workspace, camera: Camera, suffix: str) -> None:
    """The proposals of the student shown, and beside them the findings."""
    bar = workspace.equilibre_view.area.verticalScrollBar()
    bar.setValue(max(0, workspace.equilibre_view.propositions.y() - 16))
    camera.take(f"propositions{suffix}")
    bar.setValue(0)


def _entretiens(session: SessionPort, workspace: Workspace, camera: Camera, suffix: str = "") -> None:
    """Meetings and decisions: none yet, the list, each form."""
    lignes = workspace.classe.shown()
    known = [ligne.id for ligne in lignes if session.entretiens.lire(ligne.id).decisions]
    without = [ligne.id for ligne in lignes if not session.entretiens.lire(ligne.id).entretiens]
    view = workspace.entretiens.view
    for name, eleves in (("entretiens_vide", without), ("entretiens", known)):
        if eleves:
            workspace.open_eleve(eleves[0])
            workspace.eleve_view.tabs.setCurrentIndex(ENTRETIENS)
            camera.settle()
            camera.take(f"{name}{suffix}")
    for name, button, form in (
        ("entretiens_saisie", view.noter, view.entretien),
        ("entretiens_decision", view.noter_decision, view.decision),
    ):
        button.click()
        form.textes[0].setPlainText("Avis inventé, en cours de frappe.")
        camera.take(f"{name}{suffix}")
        form.abandonner.click()


def _psyen(session: SessionPort, workspace: Workspace, camera: Camera, suffix: str = "") -> None:
    """The psyEN's notes: none yet, open, being written, locked."""
    workspace.show_screen("eleve")
    workspace.eleve_view.tabs.setCurrentIndex(PSYEN)
    psyen, eleve_id = session.psyen, workspace.store.eleve_id
    if suffix:
        psyen.ouvrir(_MOT_DE_PASSE_PSYEN)
    else:
        camera.take("psyen_absent")
        psyen.creer(_MOT_DE_PASSE_PSYEN)
        for jour, texte in (
            (
                date(2026, 10, 8),
                "Premier entretien, à sa demande. Hésite entre deux voies, veut comparer avant les portes ouvertes.",
            ),
            (
                date(2026, 11, 19),
                "Plus assurée : nous avons repris ses réussites une par une.\nÀ revoir avant les vacances.",
            ),
        ):
            psyen.ecrire(eleve_id, NoteSaisie(jour, "Mme Fictive, psyEN", texte))
    workspace.psyen.load()
    camera.take(f"psyen_ouvert{suffix}")
    view = workspace.psyen.view
    view.nouvelle.click()
    view.texte.setPlainText("Troisième entretien.")
    camera.take(f"psyen_note{suffix}")
    view.abandonner.click()
    workspace.psyen.lock()
    camera.take(f"psyen_ferme{suffix}")


def _balance_dialogs(workspace: Workspace, theme: Theme, camera: Camera) -> None:
    """The reason of an opinion, and the calendar."""
    rows = [row for card in workspace.equilibre_view.cards.values() for row in card.rows.values()]
    if rows:
        opinion = AvisDialog(theme, rows[0].ligne, "A", "M. Fictif, professeur principal", workspace)
        opinion.motif.setPlainText("Classé parmi les premiers en sciences depuis un an, très bon oral.")
        opinion.show()
        camera.take("avis", opinion)
        opinion.close()
    dialog = workspace.outils.open_calendrier()
    dialog.sessions.button("2026").click()
    camera.take("calendrier", dialog)
    dialog.close()


def _add_voeux(window: MainWindow, workspace: Workspace, theme: Theme, camera: Camera) -> None:
    session, store = window.session, workspace.store
    if session is None or not store.profil.favoris:
        return
    formation = store.profil.favoris[0].formation_id
    dialog = AjouterVoeuxDialog(
        theme,
        session,
        window.runner,
        window.messenger,
        store.eleve_id,
        formation,
        session.options.libelle(formation),
        parent=window,
    )
    dialog.show()
    camera.take("ajouter_voeux", dialog)
    dialog.close()


def _import(
    session: SessionPort, workspace: Workspace, vue: ClasseVue, camera: Camera, folder: Path, suffix: str = ""
) -> None:
    """The preview of a list in which some lines are new, changed, the same, or wrong, then its wishes and columns."""
    known = [ligne for ligne in vue.lignes if ligne.classe == vue.classes[0]]
    rows = ["Nom;Prénom;Classe;Né(e) le;Vœu 1;Vœu 2"]
    for number, ligne in enumerate(known[:7]):
        classe = vue.classes[-1] if number in (2, 5) else ligne.classe
        rows.append(f"{ligne.nom};{ligne.prenom};{classe};{session.load_eleve(ligne.id).naissance};;")
    rows += [
        "NOUVEAU-VENU;Basile;TG1;12/03/2009;Licence - Droit;École inventée des choses",
        "INVENTÉE;Apolline;TG1;30/11/2008;Licence - Droit;Bachelor commerce",
        "SANS-PRÉNOM;;TG1;01/01/2009;;",
    ]
    roster = folder / "liste_rentree.csv"
    roster.write_text("\n".join(rows) + "\n", encoding="utf-8")
    view = workspace.open_import()
    camera.take(f"importer{suffix}", view)
    presenter = view.findChild(ImporterPresenter)
    if presenter is None:
        return
    presenter.preview((roster,))
    camera.take(f"importer_apercu{suffix}", view)
    for button, kind, name in (
        (view.voeux, VoeuxLusDialog, "importer_voeux"),
        (view.colonnes, ColonnesDialog, "importer_colonnes"),
    ):
        button.click()
        camera.settle()
        dialog = view.findChild(kind)
        if dialog is not None:
            camera.take(f"{name}{suffix}", dialog)
            dialog.reject()
    view.done(0)
    camera.settle()


def _interest(ligne: EleveLigne) -> tuple[bool, int, int]:
    """How much a student shows: something to solve, wishes that are estimated, a full profile."""
    to_solve = any(constat.code == "AUCUN_B" for constat in ligne.constats)
    return (to_solve, ligne.nb_voeux - 3 * ligne.nb_insuffisant, ligne.completude)
