"""The languages that documents speak: adding one is a file here and a line in `LANGUAGES`."""

from __future__ import annotations

from typing import Final

from app.rendering.labels import bg, cs, da, de, el, en, es, et, fi, fr, hr, hu, it, lt, lv, nl, pl, pt, ro, sk, sl, sv
from app.rendering.labels.model import Labels

LANGUAGES: Final[tuple[Labels, ...]] = (
    bg.LABELS,
    cs.LABELS,
    da.LABELS,
    de.LABELS,
    el.LABELS,
    en.LABELS,
    es.LABELS,
    et.LABELS,
    fi.LABELS,
    fr.LABELS,
    hr.LABELS,
    hu.LABELS,
    it.LABELS,
    lt.LABELS,
    lv.LABELS,
    nl.LABELS,
    pl.LABELS,
    pt.LABELS,
    ro.LABELS,
    sk.LABELS,
    sl.LABELS,
    sv.LABELS,
)
_BY_LANGUAGE: Final = {labels.language: labels for labels in LANGUAGES}


def labels_for(locale: str) -> Labels:
    """The words for a locale such as de-AT; English where its language is not spoken yet."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return _BY_LANGUAGE.get(language, en.LABELS)
