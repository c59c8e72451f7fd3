"""Hostile markup by the thousand: no script, no fetch, no address but the web's, no text of a script, no crash."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mps_desktop.catalogue.fiches import lecture
from mps_desktop.catalogue.fiches.blocs import read_blocs, safe_url
from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from tests.catalogue.fiches.fabrique import FORMATIONS, METIERS, write_all, write_zip

SECRET = "CHARGEUTILE"
"""Written wherever it must not be shown, nor followed."""

SCHEMES = st.sampled_from(
    ["javascript:", "JaVaScRiPt:", "java\tscript:", " javascript:", "data:text/html,", "data:image/svg+xml;base64,",
     "vbscript:", "file:///", "ftp://x.invalid/", "blob:", "//x.invalid/", "http:\\\\x.invalid\\", "mailto:", "tel:",
     "&#106;avascript:", "javascript&colon;", "http://u:p@x.invalid/", "\x01javascript:"]
)  # fmt: skip
QUOTES = st.sampled_from(['"', "'", ""])
TAGS = st.sampled_from(["p", "div", "a", "img", "svg", "b", "input", "form", "math", "body", "details", "video", "x-y"])
EVENTS = st.sampled_from(
    ["onclick", "onerror", "onload", "ONMOUSEOVER", "on\u212aeydown", "style", "srcdoc", "formaction"]
)
MUTED = st.sampled_from(
    ["script", "style", "iframe", "object", "embed", "svg", "template", "noscript", "ScRiPt", "title"]
)


@st.composite
def hostile(draw: st.DrawFn) -> str:
    """One piece that carries the secret where it must never come out."""
    quote = draw(QUOTES)
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return f"<{draw(TAGS)} {draw(EVENTS)}={quote}{SECRET}(){quote}>"
    if kind == 1:
        name = draw(MUTED)
        return f"<{name}>{SECRET}</{name}>"
    if kind == 2:
        return f"<a href={quote}{draw(SCHEMES)}{SECRET}{quote}>lien</a>"
    if kind == 3:
        return f"<img src={quote}http://x.invalid/{SECRET}.gif{quote} style={quote}background:url({SECRET}){quote}>"
    if kind == 4:
        return f"<!--{SECRET}--><![CDATA[{SECRET}]]><?php {SECRET} ?><!DOCTYPE x [{SECRET}]>"
    return f"<link rel=stylesheet href=http://x.invalid/{SECRET}.css><base href=http://x.invalid/{SECRET}>"


HARMLESS = st.one_of(
    st.sampled_from(["<p>", "</p>", "<li>", "</ul>", "<h5>", "</h5>", "<br/>", "<b>", "&amp;", "&#233;", "<", ">"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="<>&"), max_size=8),
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.one_of(hostile(), HARMLESS), max_size=12).map(" ".join))
def test_what_is_hidden_in_whole_markup_never_comes_out(html: str):
    blocs, liens = read_blocs(html)
    assert all(lien.url.startswith(("http://", "https://")) and SECRET not in lien.url for lien in liens)
    for bloc in blocs:
        assert bloc.genre in {"titre", "paragraphe", "puce"}
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e]", bloc.texte)


@settings(max_examples=200)
@given(st.lists(hostile(), min_size=1, max_size=6))
def test_whole_hostile_pieces_leave_nothing_to_read(pieces: list[str]):
    """Between two sentences, each closed piece disappears: only what people may read stays."""
    closed = [one for one in pieces if not re.search(r"<(svg|template|noscript|script|style)\b[^>]*=", one, re.I)]
    blocs, liens = read_blocs("<p>Avant</p>" + "".join(closed) + "<p>Après</p>")
    text = " ".join(bloc.texte for bloc in blocs)
    assert text.startswith("Avant")
    assert all(SECRET not in lien.url for lien in liens)
    if all("<!" not in one for one in closed):
        assert SECRET not in text
        assert text.endswith("Après")


@given(st.text(max_size=60), SCHEMES)
@example("@0", "javascript:")
def test_an_address_is_of_the_web_or_is_nothing(rest: str, scheme: str):
    for address in (scheme + rest, rest, f"https://{rest}"):
        found = safe_url(address)
        assert found == "" or re.fullmatch(r"https?://[^\s\"<>\\^`{|}@]+.*", found)


HUGE = {
    "imbrication": "<p>" * 50_000 + "fin", "adresse": "<a href='http://x.invalid/" + "a" * 500_000 + "'>x</a>",
    "chevrons": "<" * 100_000, "esperluettes": "&" * 200_000, "puces": "<li>" * 20_000 + "</ul>" * 20_000,
    "muets": "<svg>" * 30_000 + "caché", "long": "x" * 2_000_000, "commentaires": "<!--" * 50_000,
    "commentaires puis fin": "<!--" * 50_000 + ">", "attributs": "<p " + "a=1 " * 50_000 + ">fin",
    "instructions": "<?" * 50_000, "sections": "<![CDATA[" * 30_000, "déclarations": "<!" * 50_000 + ">",
    "fins": "</" * 50_000 + ">", "débuts": "<a " * 50_000, "guillemets": "<a href='" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_huge_markup_is_read_to_its_end(name: str):
    blocs, liens = read_blocs(HUGE[name])  # anything worse than linear would not end before the limit of a test
    assert all(len(lien.url) <= 2000 for lien in liens)
    assert len(blocs) <= 200_001


FILLER = f"<!--{'0' * 3_000_000}-->"


def _entities() -> str:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    return FORMATIONS.replace("<formations>", f"<!DOCTYPE formations [{declared}]><formations>").replace(
        "2 ans", "&e8;"
    )


TRAPS = {
    "zip coupé": lambda p: _cut(write_zip(p / "a.zip", a__xml=FORMATIONS * 30)),
    "milliard de rires": lambda p: write_zip(p / "b.zip", a__xml=_entities()),
    "entité extérieure": lambda p: write_zip(
        p / "c.zip",
        a__xml=METIERS.replace("<metiers>", '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><metiers>', 1),
    ),
    "bombe": lambda p: write_zip(p / "d.zip", a__xml=METIERS.replace("<metier>", f"{FILLER}<metier>", 1)),
    "poupées russes": lambda p: write_zip(p / "e.zip", a__zip=_bytes_of(write_zip(p / "f.zip", a__xml=METIERS))),
    "chemin vers ailleurs": lambda p: write_zip(p / "g.zip", **{"../../ailleurs__xml": "<autre/>"}),
}  # fmt: skip


def _bytes_of(path: Path) -> str:
    return path.read_bytes().decode("latin-1")


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-120])
    return path


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_writes_nothing_in_the_store(tmp_path: Path, trap: str, monkeypatch: pytest.MonkeyPatch):
    """The store that was there stays byte for byte, nothing else appears, and the reason is told in French."""
    from mps_desktop.catalogue.fiches.extraction import read_official

    monkeypatch.setattr(lecture, "MAX_UNPACKED", 2_000_000)
    store = tmp_path / "donnees" / "fiches.sqlite"
    magasin = Magasin(store)
    (tmp_path / "bons").mkdir()
    magasin.install(read_official(write_all(tmp_path / "bons")[0], Progress()), date(2026, 11, 25), Progress())
    (tmp_path / "pieges").mkdir()
    file = TRAPS[trap](tmp_path / "pieges")
    before = {one.relative_to(tmp_path): one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    with pytest.raises(EnvironmentFault) as caught:
        magasin.install(read_official(file, Progress()), date(2026, 11, 25), Progress())
    assert caught.value.message
    assert caught.value.remede
    assert {one.relative_to(tmp_path): one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before
