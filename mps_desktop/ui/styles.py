"""The style sheet, built from the tokens of the theme. Sizes go through ``px``: the user's text size scales them."""

from __future__ import annotations

from collections.abc import Callable

from mps_desktop.ui.tokens import Tokens


def build_stylesheet(c: Tokens, px: Callable[[float], int], tick: str) -> str:
    """The whole sheet.

    Args:
        c: colours.
        px: turns a length at 100 % into pixels.
        tick: image of the tick of a checked box.
    """
    return "\n".join((_texts(c, px), _surfaces(c, px), _buttons(c, px, tick), _inputs(c, px), _lists(c, px)))


def _texts(c: Tokens, px: Callable[[float], int]) -> str:
    tones = "\n".join(
        f'QLabel[tone="{name}"] {{ color: {getattr(c, name)}; }}'
        for name in ("ink2", "faint", "action", "success", "warning", "error", "info")
    )
    return f"""
QLabel {{ color: {c.ink}; background: transparent; }}
QLabel[role="display"] {{ font-size: {px(26)}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {px(20)}px; font-weight: 600; }}
QLabel[role="lead"] {{ font-size: {px(16)}px; font-weight: 500; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="small"] {{ font-size: {px(13)}px; color: {c.faint}; }}
QLabel[role="section"] {{ font-size: {px(16)}px; font-weight: 600; }}
{tones}
QLabel:disabled {{ color: {c.control}; }}
QToolTip {{ color: {c.ink}; background: {c.surface}; border: 1px solid {c.control}; padding: 6px; }}
"""


def _surfaces(c: Tokens, px: Callable[[float], int]) -> str:
    banners = "\n".join(
        f'QFrame[panel="banner"][tone="{tone}"] {{ background: {c.tint(getattr(c, tone))};'
        f" border: 1px solid {c.tint(getattr(c, tone), 0.45)}; border-radius: 6px; }}"
        for tone in ("info", "success", "warning", "error")
    )
    return f"""
QMainWindow, QDialog {{ background: {c.ground}; }}
QFrame[panel="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px; }}
QFrame[panel="card"][chosen="true"] {{ border: 2px solid {c.action}; }}
QFrame[panel="inset"] {{ background: {c.ground}; border: none; border-radius: 6px; }}
QFrame[panel="bar"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[panel="rail"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QFrame[panel="state"] {{ background: {c.surface}; border: none; border-top: 1px solid {c.line}; }}
QFrame[panel="line"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[panel="drop"] {{ background: {c.surface}; border: 2px dashed {c.control}; border-radius: 6px; }}
QFrame[panel="drop"][over="true"] {{ background: {c.selected}; border-color: {c.action}; }}
{banners}
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] {{ background: transparent; border: none; }}
QScrollArea:focus {{ border: 2px solid {c.action}; border-radius: 6px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {c.tint(c.control, 0.55)}; border-radius: 4px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.action}; border-radius: 3px; }}
QTabWidget::pane {{ border: none; }}
QTabWidget::tab-bar {{ left: {24 - px(12) - 2}px; }}
QTabBar {{ background: transparent; border: none; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {c.ink2}; border: 2px solid transparent;
  border-bottom: 3px solid transparent; padding: {px(8)}px {px(12)}px; margin-right: 4px; font-weight: 500; }}
QTabBar::tab:hover {{ background: {c.hover}; }}
QTabBar::tab:selected {{ color: {c.action}; border-bottom-color: {c.action}; font-weight: 600; }}
QTabBar::tab:selected:focus {{ border: 2px solid {c.action}; border-radius: 4px; }}
"""


def _buttons(c: Tokens, px: Callable[[float], int], tick: str) -> str:
    side = px(14)
    return f"""
QPushButton {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.control}; border-radius: 6px;
  padding: 0 {side}px; min-height: {px(34)}px; font-weight: 500; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.selected}; }}
QPushButton:focus {{ border: 2px solid {c.action}; padding: 0 {side - 1}px; min-height: {px(34) - 2}px; }}
QPushButton:disabled {{ color: {c.control}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{ background: {c.action}; color: {c.on_action}; border-color: {c.action};
  font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {c.tint(c.action, 0.85)}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.line}; color: {c.faint}; border-color: {c.line}; }}
QPushButton[kind="ghost"] {{ background: transparent; border-color: transparent; color: {c.action}; }}
QPushButton[kind="ghost"]:hover {{ background: {c.hover}; }}
QPushButton[kind="ghost"]:focus {{ border-color: {c.action}; }}
QPushButton[kind="ghost"]:disabled {{ color: {c.control}; }}
QPushButton[kind="chip"], QPushButton[kind="tag"], QPushButton[kind="toggle"] {{
  border-color: {c.control}; border-radius: {px(14)}px;
  padding: 0 {px(12)}px; min-height: {px(28)}px; font-weight: 400; }}
QPushButton[kind="chip"]:focus, QPushButton[kind="tag"]:focus, QPushButton[kind="toggle"]:focus {{
  border: 2px solid {c.action}; padding: 0 {px(12) - 1}px; min-height: {px(28) - 2}px; }}
QPushButton[kind="chip"]:checked, QPushButton[kind="toggle"]:checked {{
  background: {c.selected}; color: {c.action}; border-color: {c.action}; font-weight: 500; }}
QPushButton[kind="tag"] {{ background: {c.selected}; color: {c.action}; border-color: transparent; }}
QPushButton[kind="tag"]:hover {{ border-color: {c.action}; }}
QPushButton[kind="segment"] {{ border-radius: 0; border-color: {c.control}; margin-left: -1px; font-weight: 400;
  padding: 0 {px(12)}px; min-height: {px(32)}px; }}
QPushButton[kind="segment"][place="first"] {{ margin-left: 0;
  border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QPushButton[kind="segment"][place="last"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px; }}
QPushButton[kind="segment"][start="true"] {{ margin-left: 0; }}
QPushButton[kind="segment"]:checked {{ background: {c.selected}; color: {c.action}; font-weight: 600;
  border-color: {c.action}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {c.action}; padding: 0 {px(12) - 1}px;
  min-height: {px(32) - 2}px; }}
QPushButton[kind="fold"] {{ border: 1px solid transparent; background: transparent; text-align: left;
  padding: 0 {px(8)}px 0 2px; min-height: {px(32)}px; }}
QPushButton[kind="fold"]:hover {{ background: {c.hover}; }}
QPushButton[kind="fold"]:focus {{ border: 2px solid {c.action}; padding: 0 {px(8) - 1}px 0 1px;
  min-height: {px(32) - 2}px; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 6px; color: {c.ink2};
  padding: {px(6)}px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed {{ background: {c.selected}; }}
QToolButton:focus {{ border-color: {c.action}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[kind="rail"] {{ text-align: left; padding: {px(8)}px {px(10)}px; font-weight: 500; }}
QToolButton[kind="rail"]:checked {{ background: {c.selected}; color: {c.action}; font-weight: 600; }}
QCheckBox, QRadioButton {{ color: {c.ink}; spacing: 8px; min-height: {px(28)}px; background: transparent;
  border: 2px solid transparent; border-radius: 4px; padding: 0 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.action}; }}
QCheckBox::indicator, QListView::indicator {{ width: {px(16)}px; height: {px(16)}px; border: 1px solid {c.control};
  border-radius: 4px; background: {c.surface}; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{ background: {c.action}; border-color: {c.action};
  image: url("{tick}"); }}
QCheckBox::indicator:disabled {{ border-color: {c.line}; }}
QRadioButton::indicator {{ width: {px(16)}px; height: {px(16)}px; border: 1px solid {c.control};
  border-radius: {px(16) // 2 + 1}px; background: {c.surface}; }}
QRadioButton::indicator:checked {{ width: {px(8)}px; height: {px(8)}px; border: {px(16) // 4 + 1}px solid {c.action};
  border-radius: {px(16) // 2 + 1}px; }}
QMenu {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.control}; padding: 4px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selected}; color: {c.action}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
"""


def _inputs(c: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QLineEdit, QComboBox {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.control}; border-radius: 6px;
  padding: 0 {px(10)}px; min-height: {px(34)}px; selection-background-color: {c.action};
  selection-color: {c.on_action}; lineedit-password-character: 8226; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {c.action}; padding: 0 {px(10) - 1}px;
  min-height: {px(34) - 2}px; }}
QLineEdit[wrong="true"] {{ border-color: {c.error}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {c.control}; border-color: {c.line}; background: {c.ground}; }}
QPlainTextEdit {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.control}; border-radius: 6px;
  padding: 4px; selection-background-color: {c.action}; selection-color: {c.on_action}; }}
QPlainTextEdit:focus {{ border: 2px solid {c.action}; padding: 3px; }}
QComboBox {{ padding-right: {px(28)}px; }}
QComboBox:focus {{ padding-right: {px(28)}px; }}
QComboBox::drop-down {{ border: none; width: 0; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.control};
  padding: 4px; selection-background-color: {c.selected}; selection-color: {c.action}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(30)}px; padding: 0 6px; }}
"""


def _lists(c: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QTableView, QListView {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.line}; border-radius: 6px;
  padding: 1px; selection-background-color: {c.selected}; selection-color: {c.ink}; }}
QListView[kind="plain"] {{ border-color: transparent; }}
QTableView:focus, QListView:focus, QListView[kind="plain"]:focus {{ border: 2px solid {c.action}; padding: 0; }}
QTableWidget::item {{ padding: 0 {px(8)}px; }}
QListView::item {{ min-height: {px(32)}px; padding: 0 {px(8)}px; border-radius: 4px; }}
QListView::item:hover {{ background: {c.hover}; }}
QListView::item:selected {{ background: {c.selected}; color: {c.ink}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{ background: {c.surface}; color: {c.faint}; border: none;
  border-bottom: 1px solid {c.control}; padding: {px(6)}px {px(8)}px; font-size: {px(13)}px; font-weight: 600; }}
QHeaderView::section:hover {{ background: {c.hover}; }}
QHeaderView::up-arrow, QHeaderView::down-arrow {{ subcontrol-origin: margin; subcontrol-position: top center;
  width: {px(10)}px; height: {px(8)}px; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
"""
