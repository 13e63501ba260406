"""The layouts that documents come in: how dense they are and where their parts lie. Lengths are mm, sizes points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.errors import InvalidInput

WIDTH: Final = 210.0
HEIGHT: Final = 297.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One layout. `letter`: laid out as a letter for window envelopes, with open rules instead of filled bands."""

    name: str
    letter: bool
    margin: float
    top_of_next: float
    logo: tuple[float, float]
    title_size: float
    size: float
    small: float
    line: float
    small_line: float
    pad: float
    gap: float

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.margin

    @property
    def right(self) -> float:
        """Where text ends."""
        return WIDTH - self.margin

    @property
    def body(self) -> float:
        """How wide text may be."""
        return WIDTH - 2 * self.margin


CLASSIC: Final = Template(
    name="classic",
    letter=True,
    margin=20.0,
    top_of_next=25.0,
    logo=(70.0, 20.0),
    title_size=22.0,
    size=9.0,
    small=7.5,
    line=4.6,
    small_line=3.9,
    pad=1.8,
    gap=8.0,
)
COMPACT: Final = Template(
    name="compact",
    letter=False,
    margin=13.0,
    top_of_next=17.0,
    logo=(45.0, 12.0),
    title_size=14.0,
    size=7.5,
    small=6.5,
    line=3.7,
    small_line=3.2,
    pad=0.9,
    gap=4.5,
)
TEMPLATES: Final = (CLASSIC, COMPACT)


def template_of(name: str) -> Template:
    """The template of that name. Raises InvalidInput when there is none."""
    for template in TEMPLATES:
        if template.name == name:
            return template
    known = ", ".join(template.name for template in TEMPLATES)
    raise InvalidInput(f"{name!r} is not a template; there are {known}", field=("branding", "template"))
