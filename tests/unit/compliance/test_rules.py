"""Each rule fires where it should and nowhere beside; the registry is whole; nothing is found in what is right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest

from app.domain.compliance import registry
from app.domain.compliance.en16931 import BY_CONSTRUCTION
from app.domain.compliance.model import ComplianceStatus, DraftFacts, Finding, Rule, status_of
from app.domain.compliance.refusals import REFUSALS, check_refusals
from app.domain.errors import InvalidState, TaxUndetermined
from app.domain.numbering import MAX_NUMBER
from app.domain.numbering_countries import LAWS, Severity
from app.domain.parties import EntityStatus, TaxIdStatus, UnverifiedPolicy
from app.domain.tax.model import TaxTreatment
from tests import documents
from tests.unit.compliance import cases
from tests.unit.compliance.cases import CASES

RULES: dict[str, Rule[Any]] = {rule.number: rule for _, rules in registry.THEMES for rule in rules}
# What no format can break: a number has a digit, and no more characters than these laws allow.
UNREACHABLE = {"NUM-ES-01", "NUM-PL-01", "NUM-RO-01"}


@pytest.mark.parametrize("number", CASES)
def test_a_rule_fires_where_it_should_and_nowhere_beside(number: str) -> None:
    broken, right = CASES[number]
    for facts in broken:
        found = RULES[number].findings(facts)
        assert found, facts
        assert {finding.rule for finding in found} == {number}
        assert all(finding.message and finding.source for finding in found)
    for facts in right:
        assert RULES[number].findings(facts) == []


def test_every_rule_is_tried() -> None:
    assert set(CASES) == set(RULES) - UNREACHABLE
    for number in UNREACHABLE:
        (rule,) = LAWS[number.split("-")[1]].rules
        assert (rule.max_length or 0) >= MAX_NUMBER
        assert rule.regex is None or rule.regex.fullmatch("1" * MAX_NUMBER)


def test_rules_have_one_number_each_and_say_what_and_why() -> None:
    numbers = [rule.number for rule in chain.from_iterable(rules for _, rules in registry.THEMES)]
    assert len(numbers) == len(set(numbers))
    for number, rule in RULES.items():
        assert re.fullmatch(r"[A-Z0-9-]{4,40}", number)
        for text in (rule.asks, rule.fix, rule.source):
            assert text
            assert text == text.strip()
        assert rule.asks.endswith("."), number
    asked = {*registry.OF_SELLERS, *registry.OF_BUYERS, *registry.OF_CUSTOMERS, *registry.OF_DRAFTS, *REFUSALS}
    assert len(asked) == len(RULES)
    # Only what finalizing asks may stop a document, and number formats, which it asks as NUM-LAW.
    stopping = {number for number, rule in RULES.items() if rule.severity is Severity.ERROR}
    assert {number for number in stopping if not number.startswith("NUM-")} == {
        rule.number for rule in REFUSALS if rule.number != "NUM-LAW"
    }


def test_the_rules_of_the_standard_are_asked_or_cannot_be_broken() -> None:
    named = set(chain.from_iterable(numbers.split() for numbers, _ in BY_CONSTRUCTION))
    wanted = {f"BR-{n:02d}" for n in (*range(2, 17), *range(21, 30), *range(52, 58))}
    wanted |= {f"BR-CO-{n:02d}" for n in (3, 4, 9, 10, 13, 14, 15, 16, 17, 18, 25, 26)}
    wanted |= {f"BR-{name}-{n:02d}" for name in ("S", "Z", "E", "AE", "IC", "G", "O", "IG", "IP") for n in range(1, 11)}
    assert wanted - named - set(RULES) == set()
    # What is said to be impossible is not asked, but for what finalizing refuses all the same.
    assert named & set(RULES) == {"BR-16", "BR-CO-14", "BR-CO-15"}


@pytest.mark.parametrize("facts", [cases.GERMAN, cases.BRITISH, cases.SWISS, cases.NORWEGIAN])
def test_nothing_is_found_in_sellers_of_whom_all_is_known(facts: Any) -> None:
    assert registry.of_seller(facts) == ()


@pytest.mark.parametrize(
    "facts",
    [
        cases.draft(documents.document()),
        *(cases.of(category) for category in ("Z", "E", "AE", "K", "G")),
        cases.of("O", None),
        cases.of("L", "7"),
    ],
)
def test_nothing_is_found_in_documents_that_say_all(facts: DraftFacts) -> None:
    assert registry.findings_of(registry.OF_DRAFTS, facts) == []


def test_the_standard_is_not_asked_of_stated_taxes_and_of_proformas() -> None:
    # given a tax as the marketplace states it, which is no product of base and rate
    decision = cases.decided("S", "8.875", treatment=TaxTreatment.GIVEN)
    stated = cases.draft(cases.document(decision, taxes=(cases.group(decision, 10_000, 1),)))
    assert registry.findings_of(registry.OF_DRAFTS, stated) == []

    # and the same amounts as a decision of ours
    ours = cases.draft(cases.document(taxes=(cases.group(cases.decided(), 10_000, 1),)))
    assert [one.rule for one in registry.findings_of(registry.OF_DRAFTS, ours)] == ["BR-CO-17"]


def test_findings_name_the_value_to_change() -> None:
    found = registry.of_seller(cases.seller(tax_ids=(cases.DE, cases.FR), other_registrations=("IT",)))
    assert [(one.rule, tuple(one.field)) for one in found] == [
        ("REG-ID-01", ("taxIds",)),
        ("REG-ID-02", ("taxIds", "1", "country")),
    ]
    assert found[0].message == "the seller is registered in IT but has no tax id of there"


def test_the_same_formats_are_an_error_where_series_must_differ() -> None:
    (spanish,) = (
        one for one in registry.of_seller(cases.formats("ES", "INV-{nnn}", "CREDIT_NOTE")) if "NUM" in one.rule
    )
    (german,) = (
        one for one in registry.of_seller(cases.formats("DE", "INV-{nnn}", "CREDIT_NOTE")) if "NUM" in one.rule
    )
    assert (spanish.severity, german.severity) == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize(
    ("severities", "status"),
    [
        ([], ComplianceStatus.READY),
        ([Severity.INFO], ComplianceStatus.READY),
        ([Severity.INFO, Severity.WARNING], ComplianceStatus.ATTENTION),
        ([Severity.WARNING, Severity.ERROR], ComplianceStatus.BLOCKED),
    ],
)
def test_the_worst_finding_is_the_status(severities: list[Severity], status: ComplianceStatus) -> None:
    assert status_of(Finding(rule="X", severity=one, message="x") for one in severities) is status


def test_a_refusal_raises_the_rules_own_error_and_message() -> None:
    check_refusals(cases.issue())
    with pytest.raises(InvalidState, match="the entity is suspended"):
        check_refusals(cases.issue(status=EntityStatus.SUSPENDED))
    with pytest.raises(TaxUndetermined, match="deemed supplier") as raised:
        check_refusals(cases.issue(decisions=(cases.decided(), cases.decided(treatment=TaxTreatment.DEEMED_SUPPLIER))))
    assert raised.value.field == ("lines", "1")


@pytest.mark.parametrize("policy", UnverifiedPolicy)
def test_what_happens_while_a_number_is_unverified_is_said(policy: UnverifiedPolicy) -> None:
    facts = replace(cases.BUSINESS, tax_id_status=TaxIdStatus.UNVERIFIED, when_unverified=policy)
    (found,) = registry.findings_of(registry.OF_BUYERS, facts)
    assert found.severity is Severity.INFO
    assert found.message.startswith("the buyer's VAT number is not verified; ")


def test_the_name_of_the_law_changes_with_it_and_with_its_dates() -> None:
    # Croatia's rule on blanks came with 2026.
    assert registry.law_on(date(2025, 12, 31)) != registry.law_on(date(2026, 1, 1))
    assert registry.law_on(date(2026, 1, 1)) == registry.law_on(date(2026, 12, 31))
    assert len(registry.law_on(date(2026, 1, 1))) == 16
