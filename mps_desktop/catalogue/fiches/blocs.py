"""Turn the HTML of official texts into plain blocks: nothing that runs, nothing that is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from mps_desktop.catalogue.fiches.records import Bloc, Lien
from mps_desktop.core.text import typography

_DROPPED = frozenset({"script", "style", "iframe", "object", "embed", "svg", "template", "noscript", "title"})
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset({"p", "div", "br", "ul", "ol", "table", "tr", "section", "article", "blockquote"})
_SPACES = re.compile(r"\s+")
# Separators and control characters: none of them is text (a nul stops some widgets, a bidi override disguises words).
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BULLET = re.compile(r"^[•·▪●‣*\-–—]\s+")
_URL_MAX = 2000
_COMMENT, _COMMENT_END = "<!--", "-->"


class _Reader(HTMLParser):
    """Collects blocks and links; broken markup costs formatting, never text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocs: list[Bloc] = []
        self.liens: list[Lien] = []
        self._text: list[str] = []
        self._genre = "paragraphe"
        self._muted: list[str] = []
        self._href = ""
        self._link: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._muted.append(tag)
        elif tag in _TITLES or tag == "li":
            self.flush("titre" if tag in _TITLES else "puce")
        elif tag in _BREAKS and self._genre == "paragraphe":
            self.flush("paragraphe")
        elif tag in _BREAKS:
            self._text.append(" ")
        elif tag == "a":
            self._href, self._link = safe_url(dict(attrs).get("href") or ""), []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED:  # <script/> has no end: it must not mute the rest
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            if tag in self._muted:
                del self._muted[self._muted.index(tag) :]
        elif tag in _TITLES or tag in ("li", "ul", "ol") or (tag in _BREAKS and self._genre == "paragraphe"):
            self.flush("paragraphe")
        elif tag == "a" and self._href:
            name = _plain("".join(self._link)) or self._href
            self.liens.append(Lien(name, self._href))
            self._href = ""

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self._text.append(data)
            self._link.append(data)

    def flush(self, genre: str) -> None:
        text, was = _plain("".join(self._text)), self._genre
        self._text, self._genre = [], genre
        if was == "paragraphe" and (mark := _BULLET.match(text)) is not None:
            text, was = text[mark.end() :], "puce"
        if text:
            self.blocs.append(Bloc(was, text))


def read_blocs(html: str) -> tuple[tuple[Bloc, ...], tuple[Lien, ...]]:
    """Blocks and links of a text that may hold HTML. Plain text gives one paragraph per line break."""
    reader = _Reader()
    markup = html if "<" in html else html.replace("\n", "<br>")
    reader.feed(_closed(_without_comments(markup)))
    reader.close()
    reader.flush("paragraphe")
    return tuple(reader.blocs), tuple(dict.fromkeys(reader.liens))


def _without_comments(html: str) -> str:
    """Markup without its comments; one that nothing ends is only a mark, so that no text is lost.

    The parser of Python looks for the end of each comment up to the end of the text: two hundred kilobytes of
    beginnings cost a minute.
    """
    kept: list[str] = []
    start = 0
    while (opened := html.find(_COMMENT, start)) >= 0:
        kept.append(html[start:opened])
        closed = html.find(_COMMENT_END, opened + len(_COMMENT))
        if closed < 0:
            return "".join(kept) + html[opened:].replace(_COMMENT, " ")
        start = closed + len(_COMMENT_END)
    return "".join(kept) + html[start:]


def _closed(html: str) -> str:
    """Markup whose last tags, which nothing ends, are text: the parser would look for their end again and again."""
    end = html.rfind(">") + 1
    return html[:end] + html[end:].replace("<", "&lt;")


def safe_url(address: str) -> str:
    """The address when it is http or https to a host, without credentials; else nothing."""
    address = _INVISIBLE.sub("", address).strip()
    if len(address) > _URL_MAX or any(c.isspace() or c in '"<>\\^`{|}' for c in address):
        return ""
    try:
        parts = urlsplit(address)
        credentials = "@" in parts.netloc
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname and not credentials else ""


def _plain(text: str) -> str:
    # \s also matches the narrow space before « : »: french spaces are set again afterwards.
    return typography(_SPACES.sub(" ", _INVISIBLE.sub("", text)).strip())
