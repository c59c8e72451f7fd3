"""The sections of a student's page, each a measured block."""

from __future__ import annotations

from mps_desktop.core.text import NBSP, NNBSP, plural
from mps_desktop.reports import fonts
from mps_desktop.reports.blocks import Block, row, text_block, wrap
from mps_desktop.reports.data import ConstatReport, EleveReport, SuggestionReport, VoeuReport
from mps_desktop.reports.graphiques import (
    balance_columns,
    bar,
    gravite_legend,
    gravite_mark,
    rang_mark,
    tick,
)
from mps_desktop.reports.styles import (
    INK_2,
    LABEL,
    PEN_RULE,
    RANGS,
    RULE,
    SECTION,
    SMALLEST,
    Density,
    Rang,
    find_rang,
    style,
)

MAX_PROFIL = 10
MAX_CONSTATS = 8
_AFFINITE_BAR = 56.0
_PROFIL_LABEL = 62.0
_DOT = f"{NBSP}· "
_EMPTY = "non renseigné"
_ONE_REASON_A_LINE = 5
_SHORT_FIGURE = 28


def section(title: str, width: float, aside: Block | None = None) -> Block:
    """A section's rule and title, with something small at its right end."""
    block = Block(width)
    block.rule()
    block.space(4)
    if aside is not None:
        block.place(aside, width - aside.width, 6)
        block.height = 4
    block.write(title, SECTION)
    block.space(3)
    return block


def header(eleve: EleveReport, kicker: str, width: float) -> Block:
    """Name, how much of the profile is filled, and the identity in columns."""
    gauge_width = 108.0
    block = Block(width)
    block.write(kicker, LABEL, max_lines=1)
    block.space(5)
    name = f"{eleve.nom} {eleve.prenom}".strip()
    room = width - gauge_width - 20
    size = next((size for size in (20.0, 17.0, 14.0) if _one_line(name, size, room)), 12.0)
    title = text_block(name, style(size, fonts.BOLD, leading=1.15), room, max_lines=2)
    gauge = Block(gauge_width)
    gauge.write(f"Profil rempli à {eleve.completude}{NNBSP}%", LABEL, align="right")
    gauge.space(2)
    gauge.stack(bar(eleve.completude / 100, gauge_width))
    top = block.height
    block.place(title, 0, top)
    block.place(gauge, width - gauge_width, top + max(0.0, title.height - gauge.height - 4))
    block.space(5)
    block.stack(_identite(eleve.identite, width))
    return block


def _one_line(name: str, size: float, room: float) -> bool:
    return fonts.text_width(fonts.printable(name), fonts.BOLD, size) <= room


def _identite(pairs: tuple[tuple[str, str], ...], width: float) -> Block:
    """Label over value, in as many columns as fit; two rows at most."""
    value_style = style(10, fonts.MEDIUM)
    block = Block(width)
    block.rule(RULE, 0.5)
    block.space(5)
    x, y, tallest, rows, left_out = 0.0, block.height, 0.0, 1, 0
    for label, value in pairs:
        natural = max(_set_width(label, LABEL.font, 8), _set_width(value or _EMPTY, value_style.font, 10))
        cell = Block(min(natural + 0.5, width * 0.52))
        cell.write(label, LABEL, max_lines=1)
        cell.write(value or _EMPTY, value_style if value else style(10, fonts.ITALIC, INK_2), max_lines=2)
        if x and x + cell.width > width:
            x, y, tallest, rows = 0.0, y + tallest + 3, 0.0, rows + 1
        if rows > 2:
            left_out += 1
            continue
        block.place(cell, x, y)
        x += cell.width + 22
        tallest = max(tallest, cell.height)
    if left_out:
        block.write(f"+{NBSP}{_others(left_out, 'autre information')}", LABEL)
    return block


def _set_width(text: str, font: str, size: float) -> float:
    return fonts.text_width(fonts.printable(text), font, size)


def _others(count: int, singular: str, plural_form: str | None = None) -> str:
    if plural_form is None:
        plural_form = " ".join(f"{word}s" for word in singular.split())
    return f"{plural(count, singular, plural_form)}, à lire dans le logiciel"


def profil(eleve: EleveReport, density: Density, width: float) -> Block:
    """Label and value pairs; an empty value says so."""
    block = section("Profil", width)
    empty = density.body.weighted(fonts.ITALIC).tinted(INK_2)
    value_width = width - _PROFIL_LABEL - 8
    for label, value in eleve.profil[:MAX_PROFIL]:
        name = Block(_PROFIL_LABEL)
        name.space(max(0.0, (density.size - SMALLEST) * 0.9))
        name.write(label, LABEL, max_lines=2)
        text = text_block(value or _EMPTY, density.body if value else empty, value_width, density.profil_lines)
        block.stack(row([(0, name), (_PROFIL_LABEL + 8, text)], width, density.padding * 0.45))
    rest = len(eleve.profil) - MAX_PROFIL
    if rest > 0:
        block.write(f"+{NBSP}{_others(rest, 'autre information')}", LABEL)
    return block


def suggestions(eleve: EleveReport, density: Density, width: float) -> Block:
    """The first suggestions with their affinity and their reasons."""
    aside = text_block("affinité avec le profil", LABEL, 90, align="right") if eleve.suggestions else None
    block = section("Formations suggérées", width, aside)
    if eleve.message_suggestions:
        block.write(eleve.message_suggestions, density.body.weighted(fonts.ITALIC).tinted(INK_2), max_lines=4)
        block.space(density.padding)
    for suggestion in eleve.suggestions[: density.suggestions]:
        block.stack(_suggestion(suggestion, density, width))
    rest = len(eleve.suggestions) - density.suggestions
    if rest > 0:
        block.write(f"+{NBSP}{_others(rest, 'autre suggestion')}", LABEL)
    return block


def _suggestion(suggestion: SuggestionReport, density: Density, width: float) -> Block:
    name = text_block(suggestion.libelle, density.strong, width - _AFFINITE_BAR - 14, density.label_lines)
    gauge = Block(_AFFINITE_BAR)
    gauge.space((density.body.leading - 5) / 2)
    gauge.stack(bar(suggestion.affinite, _AFFINITE_BAR))
    block = row([(0, name), (width - _AFFINITE_BAR, gauge)], width)
    if density.reason_lines >= _ONE_REASON_A_LINE:
        if suggestion.detail:
            block.write(suggestion.detail, density.detail, max_lines=2)
        for raison in suggestion.raisons:
            block.write(f"–{NBSP}{raison}", density.detail, max_lines=density.reason_lines // 3)
    else:
        facts = _run_in((suggestion.detail, *suggestion.raisons))
        if facts:
            block.write(facts, density.detail, max_lines=density.reason_lines)
    block.space(density.padding)
    return block


def _run_in(parts: tuple[str, ...]) -> str:
    """Parts on one line, a dot between those that do not end a sentence."""
    text = ""
    for part in filter(None, parts):
        joint = "" if not text else " " if text.endswith((".", "!", "?", "…")) else _DOT
        text += joint + part
    return text


def voeux(eleve: EleveReport, density: Density, width: float, limit: int) -> Block:
    """Wishes by class, A+ first, with their estimate and their published figures.

    Args:
        limit: how many wishes fit; the others are counted in words.
    """
    count = len(eleve.voeux)
    heading = f"Vœux ({count})" if count else "Vœux"
    block = section(heading, width)
    if eleve.message_voeux:
        block.write(eleve.message_voeux, density.body.weighted(fonts.ITALIC).tinted(INK_2), max_lines=3)
        block.space(density.padding)
    if not eleve.voeux:
        return block
    columns = _voeu_columns(width, density.single)
    heads = ("A+, A ou B", "Formation et établissement", "Chance estimée", "Chiffres publiés")
    cells = [(x, text_block(head, LABEL, w, 1)) for head, (x, w) in zip(heads, columns, strict=True)]
    block.stack(row(cells, width))
    block.space(2)
    left = limit
    for rang in RANGS:
        of_class = [voeu for voeu in eleve.voeux if find_rang(voeu.classe) is rang]
        if of_class and left:
            block.rule(PEN_RULE, 0.6)
            block.stack(_voeux_of_class(rang, of_class[:left], density, width))
            left -= min(left, len(of_class))
    block.rule(PEN_RULE, 0.6)
    if count > limit:
        block.space(2)
        block.write(f"+{NBSP}{_others(count - limit, 'autre vœu', 'autres vœux')}", density.detail)
    return block


def _voeu_columns(width: float, single: bool) -> tuple[tuple[float, float], ...]:
    """(x, width) of class, label, estimate, figures."""
    widths = (30.0, 0.0, 104.0, 124.0) if single else (56.0, 0.0, 118.0, 140.0)
    gap = 8.0 if single else 10.0
    label = width - sum(widths) - 3 * gap
    columns: list[tuple[float, float]] = []
    x = 0.0
    for w in (widths[0], label, widths[2], widths[3]):
        columns.append((x, w))
        x += w + gap
    return tuple(columns)


def _voeux_of_class(rang: Rang, of_class: list[VoeuReport], density: Density, width: float) -> Block:
    columns = _voeu_columns(width, density.single)
    mark = Block(columns[0][1], density.padding)
    mark.stack(rang_mark(rang, density.size + (0 if density.single else 2), columns[0][1]))
    if not density.single:
        mark.write(rang.mot, LABEL)
    rows = Block(width)
    opens = [not k or of_class[k - 1].formation != voeu.formation for k, voeu in enumerate(of_class)]
    above = density.single and sum(opens) <= max(1, len(of_class) // 3)  # few names: each on a line of its own
    for index, (voeu, named) in enumerate(zip(of_class, opens, strict=True)):
        if index:
            rows.rule(RULE, 0.4, x=columns[1][0])
        if above and named:
            x, label_w = columns[1]
            rows.space(density.padding)
            rows.write(voeu.formation, density.strong, x=x, width=label_w, max_lines=1)
        draw = _voeu_on_one_line if density.single else _voeu_on_many_lines
        named = named and not above
        rows.stack(draw(voeu, density, columns, width, named))
    block = Block(width)
    block.place(rows, 0, 0)
    block.place(mark, 0, 0)
    block.height = max(rows.height, mark.height + density.padding)
    return block


def _place_of(voeu: VoeuReport) -> str:
    return ", ".join(part for part in (voeu.etablissement, voeu.commune) if part)


def _voeu_on_many_lines(
    voeu: VoeuReport, density: Density, columns: tuple[tuple[float, float], ...], width: float, named: bool
) -> Block:
    (_, _), (label_x, label_w), (estimate_x, estimate_w), (figures_x, figures_w) = columns
    label = Block(label_w)
    if named:  # the same formation is not written again and again
        label.write(voeu.formation, density.strong, max_lines=density.label_lines)
    label.write(_place_of(voeu), density.detail, max_lines=density.label_lines)
    estimate = Block(estimate_w)
    estimate.write(voeu.estimation, density.body, max_lines=3)
    if voeu.autres_classes:
        estimate.write(_DOT.join(voeu.autres_classes), density.detail.weighted(fonts.SEMIBOLD), max_lines=2)
    if voeu.avis:
        label.write(f"Avis{NNBSP}: {voeu.avis}", density.detail.weighted(fonts.ITALIC), max_lines=2)
    figures = text_block(_figures(voeu.chiffres), density.detail, figures_w, density.figure_lines)
    cells = [(label_x, label), (estimate_x, estimate), (figures_x, figures)]
    return row(cells, width, density.padding)


def _figures(chiffres: tuple[str, ...]) -> str:
    """Published figures in a row; a line breaks between two figures rather than inside one."""
    return _DOT.join(text.replace(" ", NBSP) if len(text) <= _SHORT_FIGURE else text for text in chiffres)


def _voeu_on_one_line(
    voeu: VoeuReport, density: Density, columns: tuple[tuple[float, float], ...], width: float, named: bool
) -> Block:
    (_, _), (label_x, label_w), (estimate_x, estimate_w), (figures_x, figures_w) = columns
    place_w = (label_w - 6) * 0.44 if named else label_w
    formation_w = label_w - 6 - place_w
    figures = (*voeu.chiffres[:1], *voeu.autres_classes, *voeu.chiffres[1:])
    cells = [
        (label_x + label_w - place_w, text_block(_place_of(voeu), density.detail, place_w, 1)),
        (estimate_x, text_block(voeu.estimation, density.body, estimate_w, 1)),
    ]
    told = _whole_parts(figures, density, figures_w)
    cells.append((figures_x, text_block(told, density.detail, figures_w, 1)))
    cells[-1][1].cuts = int(told.endswith("…"))
    if named:
        cells.append((label_x, text_block(voeu.formation, density.strong, formation_w, 1)))
    return row(cells, width, density.padding)


def _whole_parts(parts: tuple[str, ...], density: Density, width: float) -> str:
    """The first facts that fit on a line, whole, so that no figure is cut in its middle."""
    for kept in range(len(parts), 0, -1):
        text = _DOT.join(parts[:kept]) + (f"{_DOT}…" if kept < len(parts) else "")
        if not wrap(fonts.printable(text), density.detail, width, 1)[1]:
            return text
    return _DOT.join(parts)


def equilibre(eleve: EleveReport, density: Density, width: float) -> Block:
    """Balance columns, then the milestone and what it misses."""
    block = section("Équilibre des vœux", width)
    counts = {rang.lettre: 0 for rang in RANGS}
    for voeu in eleve.voeux:
        counts[find_rang(voeu.classe).lettre] += 1
    ecarts = {rang.lettre: 1 for rang in RANGS[:3] if not counts[rang.lettre]} | dict(eleve.ecarts)
    block.stack(balance_columns(counts, ecarts, width, density.column))
    if eleve.chance:
        block.space(density.padding)
        block.write(f"Au moins une proposition{NNBSP}: {eleve.chance} (calcul prudent).", density.detail, max_lines=2)
    block.space(density.padding + 4)
    block.stack(_jalon(eleve, density, width))
    return block


def _jalon(eleve: EleveReport, density: Density, width: float) -> Block:
    size = density.size + 1.5
    text = Block(width - size - 7)
    text.write(eleve.jalon, density.strong, max_lines=3)
    if eleve.jalon_manques:
        text.write(_DOT.join(eleve.jalon_manques), density.detail, max_lines=density.constat_lines)
    if eleve.echeance:
        text.write(eleve.echeance, density.detail, max_lines=1)
    return row([(0, tick(eleve.jalon_atteint, size)), (size + 7, text)], width)


def constats(eleve: EleveReport, density: Density, width: float) -> Block:
    """What the conseil should look at, most serious first, each with what to do."""
    ordered = sorted(eleve.constats, key=lambda constat: -constat.gravite)
    shown, rest = ordered[:MAX_CONSTATS], len(ordered) - MAX_CONSTATS
    legend_width = 168.0
    legend = gravite_legend({constat.gravite for constat in shown}, legend_width) if shown else None
    block = section("À regarder", width, legend)
    if not shown:
        block.write("Rien à signaler sur cette liste.", density.body.weighted(fonts.ITALIC).tinted(INK_2))
    for constat in shown:
        block.stack(_constat(constat, density, width))
    if rest > 0:
        block.write(f"+{NBSP}{_others(rest, 'autre point')}", LABEL)
    return block


def _constat(constat: ConstatReport, density: Density, width: float) -> Block:
    size = density.size + 1
    text = Block(width - size - 7)
    text.write(constat.phrase, density.strong, max_lines=density.constat_lines)
    if constat.action:
        text.write(f"→{NBSP}{constat.action}", density.detail, max_lines=density.constat_lines)
    cells = [(0, gravite_mark(constat.gravite, size)), (size + 7, text)]
    return row(cells, width, density.padding * 0.6)
