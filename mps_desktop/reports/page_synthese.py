"""The class on one page, or on as many as it takes: key figures, findings, students in A-Z order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mps_desktop.core.text import NBSP, NNBSP, plural, sort_key
from mps_desktop.reports import fonts
from mps_desktop.reports.bloc_evolution import evolution_block
from mps_desktop.reports.blocks import Block, Shape, row, text_block
from mps_desktop.reports.data import ConferenceReportData, LigneSynthese, SyntheseReport
from mps_desktop.reports.graphiques import bar, rang_mark, rang_shape, tick
from mps_desktop.reports.sections_eleve import section
from mps_desktop.reports.styles import (
    CONTENT_WIDTH,
    INK_2,
    LABEL,
    PEN_RULE,
    RANGS,
    RULE,
    SMALLEST,
    TITLE,
    TextStyle,
    style,
)

MAX_CONSTATS = 10
_GAP = 7.0
_COUNT_BAR = 14.0


@dataclass(frozen=True, slots=True)
class _Fit:
    """One way to set the table. lines: longest cell, in lines."""

    size: float
    padding: float
    lines: int
    gap: float
    sources_apart: bool

    @property
    def body(self) -> TextStyle:
        return style(self.size, leading=1.2)

    @property
    def detail(self) -> TextStyle:
        return TextStyle(fonts.REGULAR, max(self.size - 1, SMALLEST), self.body.leading, INK_2)


_FITS = (
    _Fit(10, 5.0, 2, 18, True),
    _Fit(9.5, 3.6, 2, 16, True),
    _Fit(9, 2.6, 2, 14, True),
    _Fit(8.5, 1.8, 2, 11, True),
    _Fit(8, 1.4, 2, 9, False),
    _Fit(8.5, 1.8, 1, 9, False),
    _Fit(8, 1.2, 1, 8, False),
    _Fit(8, 0.5, 1, 7, False),
)
_PAGED = _FITS[2]  # when one page is not enough anyway, stay easy to read


def compose_synthese(data: ConferenceReportData, height: float) -> tuple[Block, ...]:
    """The pages of the class, each at most ``height`` high."""
    for fit in _FITS:
        pages = _paginate(data, fit, height)
        if len(pages) == 1:
            return pages
    return _paginate(data, _PAGED, height)


def _paginate(data: ConferenceReportData, fit: _Fit, height: float) -> tuple[Block, ...]:
    page = _head(data, fit)
    pages: list[Block] = []
    for line in _table(data.synthese, fit):
        if page.height + line.height > height:
            pages.append(page)
            page = _next_head(data, fit)
        page.stack(line)
    notes = _notes(data, fit)
    if page.height + fit.gap + notes.height > height:
        pages.append(page)
        page = _next_head(data, fit, table=False)
        page.stack(notes)
    else:
        page.place(notes, 0, height - notes.height)
    pages.append(page)
    return tuple(pages)


def _head(data: ConferenceReportData, fit: _Fit) -> Block:
    synthese = data.synthese
    block = Block(CONTENT_WIDTH)
    block.write(f"Année scolaire {data.annee}", LABEL)
    block.space(2)
    block.write(data.titre, TITLE, max_lines=2)
    block.space(1)
    facts = (f"Classe{NBSP}{synthese.classe}", plural(synthese.effectif, "élève"), data.date)
    block.write(f"{NBSP}· ".join(facts), style(11, fonts.MEDIUM, INK_2))
    block.space(fit.gap * 0.7)
    block.stack(_indicateurs(synthese))
    block.space(fit.gap)
    if synthese.evolution is not None:
        block.stack(evolution_block(synthese.evolution, fit.body, fit.size > SMALLEST and fit.lines > 1))
        block.space(fit.gap)
    if synthese.constats:
        block.stack(_constats(synthese, fit))
        block.space(fit.gap)
    block.stack(section("Élèves, par ordre alphabétique", CONTENT_WIDTH))
    block.stack(_table_head())
    return block


def _next_head(data: ConferenceReportData, fit: _Fit, table: bool = True) -> Block:
    block = Block(CONTENT_WIDTH)
    block.write(f"{data.titre}{NBSP}· {data.date}", LABEL, max_lines=1)
    block.space(fit.gap)
    if table:
        block.stack(section("Élèves, par ordre alphabétique (suite)", CONTENT_WIDTH))
        block.stack(_table_head())
    return block


def _indicateurs(synthese: SyntheseReport) -> Block:
    """Key figures, printed large, in equal columns."""
    count = len(synthese.indicateurs)
    if not count:
        return Block(CONTENT_WIDTH)
    per_row = min(count, 5)
    width = (CONTENT_WIDTH - 14 * (per_row - 1)) / per_row
    block = Block(CONTENT_WIDTH)
    for start in range(0, count, per_row):
        cells: list[tuple[float, Block]] = []
        for index, (label, value) in enumerate(synthese.indicateurs[start : start + per_row]):
            cell = Block(width)
            cell.rule(PEN_RULE, 1.2)
            cell.space(5)
            cell.write(value, style(18, fonts.SEMIBOLD, leading=1.2), max_lines=1)
            cell.write(label, LABEL, max_lines=2)
            cells.append((index * (width + 14), cell))
        if start:
            block.space(6)
        block.stack(row(cells, CONTENT_WIDTH))
    return block


def _constats(synthese: SyntheseReport, fit: _Fit) -> Block:
    """Findings of the class in two columns: how many students, and a bar of the share."""
    gap, share_bar, number = 24.0, 36.0, 16.0
    width = (CONTENT_WIDTH - gap) / 2
    block = section("Points à regarder dans la classe", CONTENT_WIDTH, text_block("élèves", LABEL, 60, align="right"))
    cells: list[Block] = []
    for phrase, count in synthese.constats[:MAX_CONSTATS]:
        text = text_block(phrase, fit.body, width - share_bar - number - 14, fit.lines)
        gauge = Block(share_bar)
        gauge.space((fit.body.leading - 5) / 2)
        gauge.stack(bar(count / max(synthese.effectif, 1), share_bar))
        figure = text_block(str(count), fit.body.weighted(fonts.SEMIBOLD), number, align="right")
        shapes = [(0, text), (width - share_bar - number - 4, gauge), (width - number, figure)]
        cells.append(row(shapes, width, fit.padding * 0.5))
    half = (len(cells) + 1) // 2
    for index in range(half):
        pair = [(0.0, cells[index])]
        if index + half < len(cells):
            pair.append((width + gap, cells[index + half]))
        block.stack(row(pair, CONTENT_WIDTH))
    rest = len(synthese.constats) - MAX_CONSTATS
    if rest > 0:
        others = plural(rest, "autre point, à lire", "autres points, à lire")
        block.write(f"+{NBSP}{others} dans le logiciel", LABEL)
    return block


def _columns() -> tuple[tuple[float, float], ...]:
    """(x, width) of: name, bac, formations, A+, A, B, ?, milestone, main finding."""
    widths = [124.0, 44.0, 22.0, 28.0, 28.0, 28.0, 18.0, 22.0]
    widths.append(CONTENT_WIDTH - sum(widths) - _GAP * len(widths))
    columns: list[tuple[float, float]] = []
    x = 0.0
    for width in widths:
        columns.append((x, width))
        x += width + _GAP
    return tuple(columns)


def _table_head() -> Block:
    columns = _columns()
    heads = {0: "Élève", 1: "Bac", 2: "Form.", 7: "Jalon", 8: "Premier point à regarder"}
    cells = [(columns[index][0], text_block(word, LABEL, columns[index][1] + 4, 1)) for index, word in heads.items()]
    for index, rang in enumerate(RANGS, start=3):
        cells.append((columns[index][0], rang_mark(rang, SMALLEST, columns[index][1])))
    block = row(cells, CONTENT_WIDTH)
    block.space(2)
    block.rule(PEN_RULE, 0.6)
    return block


def _table(synthese: SyntheseReport, fit: _Fit) -> Iterator[Block]:
    counts = [(li.nb_ambitieux, li.nb_realiste, li.nb_securisant) for li in synthese.lignes]
    most = max((max(three) for three in counts), default=0)
    for ligne in sorted(synthese.lignes, key=lambda li: (sort_key(li.nom), sort_key(li.prenom))):
        yield _table_row(ligne, fit, most)


def _table_row(ligne: LigneSynthese, fit: _Fit, most: int) -> Block:
    columns = _columns()
    name = f"{ligne.nom} {ligne.prenom}".strip()
    cells = [
        (columns[0][0], text_block(name, fit.body.weighted(fonts.MEDIUM), columns[0][1], fit.lines)),
        (columns[1][0], text_block(ligne.bac, fit.body, columns[1][1], fit.lines)),
        (columns[2][0], text_block(str(ligne.nb_formations), fit.body, columns[2][1] - 6, 1, "right")),
    ]
    for index, count in enumerate((ligne.nb_ambitieux, ligne.nb_realiste, ligne.nb_securisant)):
        cells.append((columns[3 + index][0], _count(count, most, RANGS[index].couleur, fit)))
    unknown = str(ligne.nb_insuffisant) if ligne.nb_insuffisant else ""
    mark = Block(columns[7][1])
    mark.place(tick(ligne.jalon_atteint, fit.size), 4, (fit.body.leading - fit.size) / 2)
    cells += [
        (columns[6][0], text_block(unknown, fit.body, 12, 1, "right")),
        (columns[7][0], mark),
        (columns[8][0], text_block(ligne.constat, fit.detail, columns[8][1], fit.lines)),
    ]
    block = row(cells, CONTENT_WIDTH, fit.padding)
    block.rule(RULE, 0.4)
    return block


def _count(count: int, most: int, color: str, fit: _Fit) -> Block:
    """A number and its bar; the scale is the largest count of the class."""
    block = Block(28)
    block.write(str(count), fit.body.weighted(fonts.MEDIUM), width=10, align="right")
    if count:
        height = 5.0
        top = (fit.body.leading - height) / 2
        block.shapes.append(Shape("rect", 13, top, _COUNT_BAR * count / most, height, color))
    return block


def _notes(data: ConferenceReportData, fit: _Fit) -> Block:
    """What the marks mean, what the figures cannot promise, where they come from."""
    text = style(SMALLEST, color=INK_2, leading=1.22)
    block = Block(CONTENT_WIDTH)
    block.stack(_legend(text))
    block.space(fit.gap * 0.4)
    block.stack(section("Ce que ces chiffres disent, et d’où ils viennent", CONTENT_WIDTH))
    block.write(data.avertissement, text)
    block.space(3)
    if fit.sources_apart:
        for source in data.sources:
            block.write(f"–{NBSP}{source}", text)
    elif data.sources:
        block.write(f"Sources{NNBSP}: {' ; '.join(data.sources)}", text)
    return block


def _legend(text: TextStyle) -> Block:
    """The four classes and the two marks, on one line."""
    block = Block(CONTENT_WIDTH)
    line = Block(CONTENT_WIDTH)
    x = 0.0
    for rang in RANGS:
        line.shapes.append(rang_shape(rang, x, 1.6, 6.4))
        x = _legend_word(line, f"{rang.lettre} {rang.mot}", x + 9, text)
    for done, word in ((True, "jalon atteint"), (False, "jalon à atteindre")):
        line.place(tick(done, 8), x, 0.8)
        x = _legend_word(line, word, x + 11, text)
    line.height = text.leading
    block.stack(line)
    return block


def _legend_word(line: Block, word: str, x: float, text: TextStyle) -> float:
    label = Block(CONTENT_WIDTH)
    label.write(word, text, x=x)
    line.place(label, 0, 0)
    return x + fonts.text_width(word, text.font, text.size) + 14
