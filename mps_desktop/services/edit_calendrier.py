"""Look at the calendar of a session, change it, and take the change back."""

from __future__ import annotations

from datetime import date

from mps_desktop.core.dates import session_parcoursup
from mps_desktop.services.calendrier import NIVEAUX, CalendrierStore, blank_steps
from mps_desktop.services.parametres import Calendrier, Etape
from mps_desktop.services.views import CalendrierVue, EtapeCalendrier


class EditCalendrier:
    """The calendar as the dialog sees it.

    Args:
        store: calendars in force.
        today: says which session is being prepared.
    """

    def __init__(self, store: CalendrierStore, today: date) -> None:
        self._store = store
        self._today = today

    def load(self, session: int | None = None) -> CalendrierVue:
        """One session; None = the one that is being prepared."""
        coming = session_parcoursup(self._today)
        asked = coming if session is None else session
        found = self._store.calendrier(asked)
        return CalendrierVue(
            session=asked,
            sessions=tuple(sorted({*self._store.calendriers, coming})),
            publie=found.publie,
            source=found.source,
            etapes=tuple(EtapeCalendrier(e.code, e.libelle, e.debut, e.fin) for e in blank_steps(found)),
            echeances=tuple((niveau, name, found.echeances.get(niveau)) for niveau, name in NIVEAUX.items()),
            personnel=self._store.is_own(asked),
            erreur=self._store.erreur,
        )

    def save(self, vue: CalendrierVue) -> object:
        """Keep a session as the user changed it; returns the ticket that takes the change back.

        Raises:
            EnvironmentFault: a date makes no sense, or the file cannot be written; nothing is changed.
        """
        steps = tuple(Etape(e.code, e.libelle, e.debut, e.fin) for e in vue.etapes if e.debut or e.fin)
        return self._store.save(
            Calendrier(
                session=vue.session,
                publie=vue.publie,
                source=vue.source.strip(),
                etapes=steps,
                echeances={niveau: day for niveau, _, day in vue.echeances if day is not None},
            )
        )

    def put_back(self, session: int, ticket: object) -> None:
        """Take a change back, or come back to the shipped calendar with None."""
        self._store.put_back(session, ticket if isinstance(ticket, Calendrier) else None)
