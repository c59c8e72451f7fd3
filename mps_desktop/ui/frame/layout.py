"""Where the parts of the frame go: bar above, rail on the left, messages over the screen, state line below."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mps_desktop.ui.widgets.basics import column, row


def lay_out_frame(
    owner: QWidget, barre: QWidget, rail: QWidget, banniere: QWidget, stack: QWidget, etat: QWidget
) -> None:
    """Lay the parts out in their owner."""
    middle = column()
    middle.addWidget(banniere)
    middle.addWidget(stack, 1)
    middle.setSpacing(0)
    body = row(gap=0)
    body.addWidget(rail)
    body.addLayout(middle, 1)
    layout = column(owner, gap=0)
    layout.addWidget(barre)
    layout.addLayout(body, 1)
    layout.addWidget(etat)
