"""Money, ids, scopes, errors, life cycles: the small words that everything else is said in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain import errors
from app.domain.errors import ErrorCode, InvalidInput, InvalidState, InvoicingError, NotFound, PermissionDenied
from app.domain.identity import IdPrefix, is_id, new_id, prefix_of
from app.domain.lifecycle import (
    INVOICE_TRANSITIONS,
    ORDER_TRANSITIONS,
    InvoiceAction,
    InvoiceStatus,
    OrderAction,
    OrderStatus,
    PaymentStatus,
    payment_status,
    require,
    require_order,
)
from app.domain.money import Money, currency_digits, from_minor, round_half_up, to_minor, to_minor_exact
from app.domain.scope import ALL_PERMISSIONS, ENTITY_PERMISSIONS, Mode, Permission, Scope


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("HUF", 2), ("JPY", 0), ("KWD", 3)])
def test_currencies_have_the_digits_of_iso_4217(currency: str, digits: int) -> None:
    assert currency_digits(currency) == digits


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not an ISO 4217"):
        currency_digits("BTC")


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00"), ("2.675", "2.68")]
)
def test_rounding_is_half_up_on_absolute_values(value: str, rounded: str) -> None:
    assert round_half_up(Decimal(value), 2) == Decimal(rounded)


def test_money_travels_between_major_and_minor_units() -> None:
    assert to_minor(Decimal("12.345"), "EUR") == 1235
    assert from_minor(1250, "EUR") == Decimal("12.50")
    assert str(from_minor(1250, "JPY")) == "1250"
    with pytest.raises(InvalidInput, match="EUR has 2 decimals"):
        to_minor_exact(Decimal("12.345"), "EUR")
    with pytest.raises(InvalidInput):
        to_minor(Decimal("NaN"), "EUR")
    with pytest.raises(InvalidInput):
        to_minor(Decimal(10) ** 40, "EUR")


def test_currencies_do_not_mix() -> None:
    assert Money(1, "EUR") + Money(2, "EUR") == Money(3, "EUR")
    with pytest.raises(InvalidInput, match="cannot combine EUR with USD"):
        Money(1, "EUR") + Money(2, "USD")


def test_ids_say_their_type_and_sort_by_age() -> None:
    made = [new_id(IdPrefix.INVOICE) for _ in range(2_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(is_id(one, IdPrefix.INVOICE) and len(one) == 30 for one in made)
    assert prefix_of(made[0]) is IdPrefix.INVOICE
    for wrong in ("", "inv_", "inv_zzz", made[0].upper(), made[0] + "0", "xyz" + made[0][3:], made[0] + "\n"):
        assert prefix_of(wrong) is None


def test_a_scope_demands_permissions_and_narrows() -> None:
    scope = Scope(platform_id="plat", mode=Mode.LIVE, actor="key", permissions=frozenset({Permission.ORDERS_READ}))
    scope.require(Permission.ORDERS_READ)
    scope.require_platform()
    with pytest.raises(PermissionDenied, match="orders:write"):
        scope.require(Permission.ORDERS_READ, Permission.ORDERS_WRITE)
    narrowed = scope.narrowed("ent_a")
    assert (narrowed.may_see("ent_a"), narrowed.may_see("ent_b")) == (True, False)
    with pytest.raises(PermissionDenied):
        narrowed.require_platform()
    with pytest.raises(NotFound):
        narrowed.narrowed("ent_b")


def test_sellers_keys_never_hold_the_operators_report() -> None:
    assert {Permission.REPORTS_READ} == ALL_PERMISSIONS - ENTITY_PERMISSIONS


@pytest.mark.parametrize("action", InvoiceAction)
@pytest.mark.parametrize("status", InvoiceStatus)
def test_what_the_table_lacks_is_refused_with_a_way_out(action: InvoiceAction, status: InvoiceStatus) -> None:
    if (action, status) in INVOICE_TRANSITIONS:
        assert require(action, status) is INVOICE_TRANSITIONS[action, status]
    else:
        with pytest.raises(InvalidState, match=f"cannot {action.value} this document: "):
            require(action, status)


@pytest.mark.parametrize("action", OrderAction)
@pytest.mark.parametrize("status", OrderStatus)
def test_orders_follow_their_table(action: OrderAction, status: OrderStatus) -> None:
    if (action, status) in ORDER_TRANSITIONS:
        assert require_order(action, status) is ORDER_TRANSITIONS[action, status]
    else:
        with pytest.raises(InvalidState):
            require_order(action, status)


def test_a_finalized_document_never_becomes_a_draft_again() -> None:
    ends = {to for (_, status), to in INVOICE_TRANSITIONS.items() if status is InvoiceStatus.FINALIZED}
    assert ends == {InvoiceStatus.FINALIZED, InvoiceStatus.VOID}


@pytest.mark.parametrize(
    ("paid", "credited", "status"),
    [
        (0, 0, PaymentStatus.UNPAID),
        (1, 0, PaymentStatus.PARTIALLY_PAID),
        (100, 0, PaymentStatus.PAID),
        (60, 40, PaymentStatus.PAID),
    ],
)
def test_payment_status(paid: int, credited: int, status: PaymentStatus) -> None:
    assert payment_status(gross_minor=100, paid_minor=paid, credited_minor=credited) is status


def test_the_error_tree_has_a_code_for_every_leaf() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, InvoicingError)]
    codes = {kind.code for kind in kinds if kind.code is not ErrorCode.INTERNAL}
    assert codes == set(ErrorCode) - {ErrorCode.INTERNAL}
    assert str(InvalidInput("is wrong", field=("a", 1)).under("lines")) == "lines.a.1: is wrong"
