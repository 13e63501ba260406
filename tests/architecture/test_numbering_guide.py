"""The table of countries in the guide to numbering is the code's; `make golden` writes it anew."""

from __future__ import annotations

import inspect
import re

from app.domain.numbering_countries import EU, LAWS, FormRule, NumberingLaw, Severity
from tests.architecture.test_documents import ROOT, check
from tests.scenarios import test_numbering_rules

GUIDE = ROOT / "docs" / "guides" / "numbering.md"
BEGIN = "<!-- countries: written by `make golden` from app/domain/numbering_countries.py -->\n"
END = "<!-- end of countries -->\n"


def row(name: str, law: NumberingLaw) -> str:
    dates = "never go back" if law.chronological else "free"
    forms = "; ".join(form(rule) for rule in law.rules) or "free"
    cells = (name, law.source, law.gapless, dates, law.series, law.resets, forms, law.product)
    return "| " + " | ".join(re.sub(r"([|<])", r"\\\1", cell) for cell in cells) + " |"


def form(rule: FormRule) -> str:
    since = "" if rule.since is None else f", since {rule.since}"
    warned = " (warning)" if rule.severity is Severity.WARNING else ""
    return f"{rule.form}{warned}, {rule.source}{since}"


def test_the_table_of_countries() -> None:
    head = "| country | law | gaps | dates | several series | beginning anew | form | what the product does |"
    lines = [head, "|" + "---|" * 8, row("EU", EU), *(row(name, LAWS[name]) for name in sorted(LAWS))]
    text = GUIDE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    check(GUIDE, f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n\n{END}{after}")


def test_every_rule_is_told_and_tested() -> None:
    told = re.findall(r"^\| (N\d+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == [f"N{number}" for number in range(1, 16)]
    tested = {
        match.group(1).upper()
        for name, _ in inspect.getmembers(test_numbering_rules, inspect.isfunction)
        if (match := re.match(r"test_(n\d+)_", name))
    }
    assert tested == set(told)


def test_every_law_has_its_source() -> None:
    for law in (EU, *LAWS.values()):
        assert law.source
        assert all(rule.source and rule.form and (rule.regex or rule.max_length) for rule in law.rules)
