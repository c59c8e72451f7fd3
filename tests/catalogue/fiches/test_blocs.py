"""Official HTML becomes plain blocks: nothing runs, nothing is fetched, no text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.fiches.blocs import read_blocs, safe_url
from mps_desktop.catalogue.fiches.records import Bloc, Lien

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "<img src=http://x/y.png>",
        "<li>",
        "</ul>",
        "<h5>",
        "</h5>",
        "<br/>",
        "&lt;",
    ]
)


def test_headings_paragraphs_and_bullets():
    blocs, _ = read_blocs("<h5>Le titre</h5><p>Un : deux</p><ul><li><p>Trois</p></li><li>Quatre</li></ul>Fin")
    assert blocs == (
        Bloc("titre", "Le titre"),
        Bloc("paragraphe", "Un\u202f: deux"),
        Bloc("puce", "Trois"),
        Bloc("puce", "Quatre"),
        Bloc("paragraphe", "Fin"),
    )


def test_nothing_that_runs_or_is_fetched_is_left():
    blocs, liens = read_blocs(
        "<p onclick='x()'>Vu<script>alert('non')</script><style>p{}</style><img src='http://pisteur.invalid/a.gif'></p>"
        "<iframe src='http://x.invalid'>caché</iframe><a href='javascript:x()'>clic</a> <a href='https://x.invalid/a'>page</a>"
    )
    assert " ".join(bloc.texte for bloc in blocs) == "Vu clic page"
    assert liens == (Lien("page", "https://x.invalid/a"),)


def test_an_empty_script_does_not_mute_the_rest():
    assert read_blocs("<script/>Reste")[0] == (Bloc("paragraphe", "Reste"),)


def test_plain_text_keeps_its_lines_and_its_bullets():
    assert read_blocs("• Un\n• Deux\nTrois")[0] == (
        Bloc("puce", "Un"),
        Bloc("puce", "Deux"),
        Bloc("paragraphe", "Trois"),
    )


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map("".join))
def test_any_markup_gives_clean_text(html: str):
    blocs, liens = read_blocs(html)
    for bloc in blocs:
        assert bloc.texte.strip()
        assert not {"\x00", "\n", "\u202e"} & set(bloc.texte)
    assert all(lien.url.startswith(("http://", "https://")) for lien in liens)


@pytest.mark.parametrize(
    "address",
    ["", "javascript:x", "file:///etc/passwd", "ftp://x.invalid", "//x.invalid", "http://", "http://a:b@x.invalid",
     "https://x.invalid/a b", "data:text/html,x", "http://[x", "https://x.invalid/<script>"],
)  # fmt: skip
def test_only_plain_web_addresses_pass(address: str):
    assert safe_url(address) == ""


def test_a_web_address_passes_as_it_is():
    assert safe_url("  https://x.invalid/a?b=c ") == "https://x.invalid/a?b=c"
