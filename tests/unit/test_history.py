"""Two states of an object as the changes between them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.domain.documents.model import InvoiceType
from app.domain.history import (
    HIDDEN,
    MAX_CHANGES,
    MAX_TEXT,
    MAX_VALUES,
    Acting,
    ActorKind,
    AuditAction,
    AuditSubject,
    Secret,
    differences,
    flat,
)

ENTITY, CUSTOMER = AuditSubject.ENTITY, AuditSubject.CUSTOMER
KEY, CHANNEL = "key_01h455vb4pex5vsknk084sn02q", "chn_01h455vb4pex5vsknk084sn02q"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, {}),
        ("x", {"f": "x"}),
        (False, {"f": False}),
        (Decimal("1.500000"), {"f": "1.5"}),
        (Decimal("0.000000"), {"f": "0"}),
        (Decimal("100"), {"f": "100"}),
        (InvoiceType.STANDARD, {"f": "STANDARD"}),
        (date(2026, 3, 9), {"f": "2026-03-09"}),
        (datetime(2026, 3, 9, tzinfo=UTC), {"f": "2026-03-09T00:00:00+00:00"}),
        ([], {"f": []}),
        (["DE", "FR"], {"f": ["DE", "FR"]}),
        ({"CREDIT_NOTE": "G-{n}", "ship_to": "DE", "empty": None}, {"f.CREDIT_NOTE": "G-{n}", "f.shipTo": "DE"}),
        ([{"percent": "10", "amount_minor": 5}, {"reason": "x"}], {"f.0.percent": "10", "f.1.reason": "x"}),
    ],
)
def test_values_are_told_by_paths(value: Any, told: dict[str, Any]) -> None:
    assert dict(flat("f", value)) == told


def test_what_has_no_form_is_an_error() -> None:
    with pytest.raises(TypeError, match="object"):
        list(flat("f", object()))


def test_only_what_differs_is_told() -> None:
    before: dict[str, Any] = {"same": 1, "gone": "x", "other": False, "none": []}
    changes, omitted = differences(before, {"same": 1, "other": True, "new": ["a"]})
    assert changes == [
        {"field": "gone", "from": "x", "to": None},
        {"field": "other", "from": False, "to": True},
        {"field": "new", "from": None, "to": ["a"]},
    ]
    assert omitted == 0
    assert differences(None, {"a": 1, "b": []})[0] == [{"field": "a", "from": None, "to": 1}]
    assert differences({"a": 1}, None)[0] == [{"field": "a", "from": 1, "to": None}]


def test_a_secret_is_compared_and_never_told() -> None:
    assert differences({"s": Secret("a")}, {"s": Secret("a")})[0] == []
    assert differences({"s": Secret("a")}, {"s": Secret("b")})[0] == [{"field": "s", "from": HIDDEN, "to": HIDDEN}]
    assert differences(None, {"s": Secret("a")})[0] == [{"field": "s", "from": None, "to": HIDDEN}]


def test_everything_is_bounded() -> None:
    changes, omitted = differences(None, {f"f{n}": n for n in range(MAX_CHANGES + 7)})
    assert (len(changes), omitted) == (MAX_CHANGES, 7)
    ((text,), _) = differences(None, {"t": "x" * (MAX_TEXT + 1)})
    assert text["to"] == "x" * (MAX_TEXT - 1) + "…"
    assert differences(None, {"t": "x" * MAX_TEXT})[0][0]["to"] == "x" * MAX_TEXT
    ((values,), _) = differences(None, {"t": ["x" * 600] * (MAX_VALUES + 1)})
    assert (len(values["to"]), len(values["to"][0]), values["to"][-1]) == (MAX_VALUES + 1, MAX_TEXT, "…")


@pytest.mark.parametrize(
    ("actor", "bound_to", "subject", "action", "kind", "on_behalf_of"),
    [
        (KEY, "ent_1", CUSTOMER, AuditAction.UPDATED, ActorKind.KEY, None),
        (KEY, None, CUSTOMER, AuditAction.UPDATED, ActorKind.OPERATOR_AS_SELLER, "ent_1"),
        (KEY, None, ENTITY, AuditAction.UPDATED, ActorKind.OPERATOR_AS_SELLER, "ent_1"),
        (KEY, None, ENTITY, AuditAction.SUSPENDED, ActorKind.KEY, None),
        (CHANNEL, "ent_1", CUSTOMER, AuditAction.CREATED, ActorKind.CHANNEL, None),
        (CHANNEL, None, CUSTOMER, AuditAction.CREATED, ActorKind.OPERATOR_AS_SELLER, "ent_1"),
        ("system:worker", None, CUSTOMER, AuditAction.UPDATED, ActorKind.SYSTEM, None),
        ("command:jobs", None, CUSTOMER, AuditAction.UPDATED, ActorKind.COMMAND, None),
    ],
)
def test_who_acts(
    actor: str,
    bound_to: str | None,
    subject: AuditSubject,
    action: AuditAction,
    kind: ActorKind,
    on_behalf_of: str | None,
) -> None:
    assert Acting(actor, bound_to, None).on(subject, action, "ent_1") == (kind, on_behalf_of)


def test_what_is_the_platforms_is_on_nobodys_behalf() -> None:
    assert Acting(KEY, None, None).on(AuditSubject.WEBHOOK_ENDPOINT, AuditAction.CREATED, None) == (ActorKind.KEY, None)
