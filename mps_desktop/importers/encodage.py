"""Bytes of a text file -> text, with the codec that was recognised.

French school software writes UTF-8 (with or without BOM), Windows-1252, ISO-8859-15 (SIECLE), MacRoman (Excel for
Mac) and cp850 ("CSV MS-DOS"). Eight-bit codecs never fail, so that they are told apart by how French the result looks.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BITS = ("cp1252", "mac_roman", "iso8859_15", "cp850")
_LOWER = frozenset("éèêëàâäçîïôöùûüœæÿñ")
_UPPER = frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆŸÑ")
_SIGNS = frozenset("’‘«»“”–—…°€ªº²·\u00a0\u202f")
_MOJIBAKE = ("Ã©", "Ã¨", "Ãª", "Ã§", "Ã‰", "Ã¯", "Ã«", "Ã´")
_SAMPLE = 65_536
_CLEAR_LEAD = 2.0
_SLICE = 1 << 20
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)")


@dataclass(frozen=True, slots=True)
class TexteLu:
    """A decoded file.

    Attributes:
        encodage: Python codec name.
        doute: French sentence when the accents deserve a look, else empty.
    """

    texte: str
    encodage: str
    doute: str = ""


def decode(data: bytes) -> TexteLu:
    """Decode a text file whatever wrote it. Never fails: at worst ``doute`` is filled."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            text = data.decode(codec, errors="replace")
            return TexteLu(text, codec, _BROKEN if "\ufffd" in text else "")
    if codec := bare_utf16(data):
        return TexteLu(data.decode(codec, errors="replace"), codec)
    try:
        return _undo_double_encoding(TexteLu(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    lines = data.splitlines(keepends=True)
    if any(not line.isascii() and _is_utf8(line) for line in lines):
        return _decode_by_line(lines)
    return _decode_eight_bits(data)


def bare_utf16(data: bytes) -> str:
    """Codec of a UTF-16 text without its mark, told by its zero bytes; empty for anything else."""
    even, odd = data[:2000:2], data[1:2000:2]
    for codec, full, blank in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if len(blank) > 8 and blank.count(0) > 0.9 * len(blank) and full.count(0) < 0.05 * len(full):
            return codec
    return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_by_line(lines: list[bytes]) -> TexteLu:
    """A UTF-8 file some lines of which were pasted from another encoding, or damaged."""
    foreign = [line for line in lines if not line.isascii() and not _is_utf8(line) and not _damaged(line)]
    codec = _decode_eight_bits(b"".join(foreign)).encodage if foreign else "utf-8"
    other = {id(line) for line in foreign}
    text = "".join(line.decode(codec if id(line) in other else "utf-8", errors="replace") for line in lines)
    return TexteLu(text, "utf-8", _BROKEN if "\ufffd" in text else _MIXED)


def _damaged(line: bytes) -> bool:
    """True when what is left of a line that is no UTF-8 still has letters of UTF-8, or when only its end is missing."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as exc:
        if exc.end == len(line) and exc.reason == "unexpected end of data":
            return True
    return any(char > "\x7f" and char != "\ufffd" for char in line.decode("utf-8", errors="replace"))


_BROKEN = "Le fichier contient des caractères abîmés, remplacés par « \ufffd »\u202f: vérifiez les noms."
_MIXED = "Le fichier mélange deux encodages\u202f: vérifiez les accents des noms."
_UNSURE = "L’encodage du fichier n’est pas certain\u202f: vérifiez les accents des noms."


def xml_head(data: bytes) -> bytes:
    """Beginning of an XML file as ASCII-compatible bytes, UTF-16 with or without its mark included."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data[:8192].decode("utf-16", errors="ignore").encode()
    if data[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        return data[:8192].decode("utf-16-le" if data[0] else "utf-16-be", errors="ignore").encode()
    return data[:4096]


def xml_codec(data: bytes) -> str | None:
    """Encoding that the bytes of an XML file prove against its declaration; None when the declaration can be right.

    An editor that saves again changes the bytes and keeps the declaration: valid UTF-8 with accents is UTF-8, and
    what is not UTF-8 although it says so is Windows-1252.
    """
    head = xml_head(data)
    if head[:64] != data[:64]:  # UTF-16 tells itself
        return None
    declared = _DECLARED.search(head.split(b"?>", 1)[0])
    says_utf8 = declared is None or declared[1].lower() in (b"utf-8", b"utf8")
    if data.isascii():
        return None
    if _whole_utf8(data):
        return None if says_utf8 else "utf-8"
    return "windows-1252" if says_utf8 else None


def _whole_utf8(data: bytes) -> bool:
    """True when the whole of the bytes is UTF-8, read by slices."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _SLICE):
            decoder.decode(data[at : at + _SLICE], final=at + _SLICE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _decode_eight_bits(data: bytes) -> TexteLu:
    sample = data[:_SAMPLE]
    scores = {codec: _french_score(sample.decode(codec, errors="replace")) for codec in _EIGHT_BITS}
    ranked = sorted(_EIGHT_BITS, key=lambda codec: -scores[codec])
    best, second = ranked[0], ranked[1]
    clear = scores[best] > 0 and scores[best] - scores[second] >= _CLEAR_LEAD
    same_text = sample.decode(best, errors="replace") == sample.decode(second, errors="replace")
    if not clear and not same_text:
        opinion = from_bytes(sample, cp_isolation=list(_EIGHT_BITS)).best()
        tied = [codec for codec in ranked if scores[best] - scores[codec] < _CLEAR_LEAD]
        if opinion is not None and opinion.encoding in tied and scores[best] <= scores[opinion.encoding]:
            best = opinion.encoding
    return TexteLu(data.decode(best, errors="replace"), best, "" if scores[best] > 0 else _UNSURE)


def _french_score(text: str) -> float:
    """How French the non-ASCII characters look where they stand; above 0 = plausible."""
    score = 0.0
    for index, char in enumerate(text):
        if char < "\x80":
            continue
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        if char in _LOWER:
            score += -2.0 if after.isupper() or before.isupper() else 3.0 if before.isalpha() else 1.0
        elif char in _UPPER:
            score += -3.0 if before.islower() else 1.5 if after.isalpha() or before.isalpha() else 0.2
        elif char in _SIGNS:
            score += -2.0 if char not in "’‘\u00a0·" and before.isalpha() and after.isalpha() else 0.5
        elif char == "\ufffd" or unicodedata.category(char) == "Cc":
            score -= 10.0
        else:
            score -= 2.0
    return score


def _undo_double_encoding(read: TexteLu) -> TexteLu:
    """Repair UTF-8 that somebody opened as Windows-1252 and saved again ("ZoÃ©" -> "Zoé")."""
    if not any(sign in read.texte for sign in _MOJIBAKE):
        return read
    try:
        repaired = read.texte.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return read
    return TexteLu(
        repaired, read.encodage, "Les accents étaient abîmés par un double enregistrement, ils sont rétablis."
    )
