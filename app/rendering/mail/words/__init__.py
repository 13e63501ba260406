"""The languages that messages speak, the same as the documents': a file here and a line in `LANGUAGES`."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words import (
    bg,
    cs,
    da,
    de,
    el,
    en,
    es,
    et,
    fi,
    fr,
    hr,
    hu,
    it,
    lt,
    lv,
    nl,
    pl,
    pt,
    ro,
    sk,
    sl,
    sv,
)
from app.rendering.mail.words.model import Words

LANGUAGES: Final[tuple[Words, ...]] = (
    bg.WORDS,
    cs.WORDS,
    da.WORDS,
    de.WORDS,
    el.WORDS,
    en.WORDS,
    es.WORDS,
    et.WORDS,
    fi.WORDS,
    fr.WORDS,
    hr.WORDS,
    hu.WORDS,
    it.WORDS,
    lt.WORDS,
    lv.WORDS,
    nl.WORDS,
    pl.WORDS,
    pt.WORDS,
    ro.WORDS,
    sk.WORDS,
    sl.WORDS,
    sv.WORDS,
)
_BY_LANGUAGE: Final = {words.language: words for words in LANGUAGES}


def words_of(language: str) -> Words:
    """The words of a language that documents speak."""
    return _BY_LANGUAGE[language]
