"""What must hold of a platform's books after every step, told without the product's own functions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise

from tests.machine.facts import Facts, Row, groups_of

UNPAYABLE = ("PROFORMA", "CREDIT_NOTE")


def check(facts: Facts) -> None:
    """All of them."""
    for row in facts.invoices.values():
        check_state(row)
        check_totals(row, facts.lines[row["id"]])
    check_sequences(facts)
    check_credits(facts)
    check_ledger(facts)
    check_cross_border_sales(facts)
    check_declared(facts)


def check_state(row: Row) -> None:
    """A number, a hash and a date exist exactly once finalized, and money only moves on what is."""
    numbered = row["status"] in ("FINALIZED", "VOID")
    for name in ("number", "issue_date", "content_hash", "snapshot", "series_id", "finalized_at"):
        assert (row[name] is not None) == numbered, (row["id"], name)
    if not numbered:
        assert row["status"] in ("DRAFT", "PENDING")
        assert row["type"] != "CREDIT_NOTE"
        assert (row["paid_minor"], row["credited_minor"]) == (0, 0)
    if row["status"] == "VOID":
        assert (row["paid_minor"], row["credited_minor"]) == (0, 0)
        assert row["voided_at"] is not None
    elif numbered:
        gross, due = row["gross_minor"], row["due_minor"]
        assert row["paid_minor"] + row["credited_minor"] + due == gross, row
        assert due >= 0, row
        assert row["paid_minor"] >= 0, row
        assert row["credited_minor"] >= 0, row
        assert (row["payment_status"] == "PAID") == (due == 0), row


def check_totals(row: Row, lines: list[Row]) -> None:
    """EN 16931 BR-CO-13 to 15, and each line's own sum."""
    groups = groups_of(row)
    assert sum(base for base, _ in groups.values()) == row["net_minor"]
    assert sum(tax for _, tax in groups.values()) == row["tax_minor"]
    assert row["net_minor"] + row["tax_minor"] == row["gross_minor"]
    for line in lines:
        assert line["net_minor"] + line["tax_minor"] == line["gross_minor"]


def check_sequences(facts: Facts) -> None:
    """Each series is gapless from its first number, its dates never go back, and its chain of hashes holds."""
    by_series: dict[str, list[Row]] = defaultdict(list)
    for row in facts.finalized:
        by_series[row["series_id"]].append(row)
    for head in facts.series:
        rows = sorted(by_series[head["id"]], key=lambda row: int(row["sequence_number"]))
        assert [row["sequence_number"] for row in rows] == list(range(1, head["last_number"] + 1))
        previous = None
        for row in rows:
            assert row["previous_hash"] == previous
            content = f"{previous or ''}\n{row['snapshot']}"
            assert row["content_hash"] == hashlib.sha256(content.encode()).hexdigest()
            previous = row["content_hash"]
        assert head["last_hash"] == previous
        assert all(before["issue_date"] <= after["issue_date"] for before, after in pairwise(rows))
    numbers = Counter((row["entity_id"], row["type"], row["number"]) for row in facts.finalized)
    assert all(count == 1 for count in numbers.values())


def check_credits(facts: Facts) -> None:
    """Credit notes are positive and never exceed their original: not in all, not per line, not per VAT group."""
    notes: dict[str, list[Row]] = defaultdict(list)
    for row in facts.finalized:
        if row["type"] == "CREDIT_NOTE":
            assert row["gross_minor"] > 0
            notes[row["corrected_invoice_id"]].append(row)
            original = facts.invoices[row["corrected_invoice_id"]]
            (named,) = json.loads(row["snapshot"])["preceding"]
            assert (named["number"], named["issue_date"]) == (original["number"], str(original["issue_date"]))
    for original_id, theirs in notes.items():
        original = facts.invoices[original_id]
        assert original["credited_minor"] == sum(note["gross_minor"] for note in theirs)
        for group, (base, tax) in groups_of(original).items():
            credited = [groups_of(note).get(group, (0, 0)) for note in theirs]
            assert abs(sum(one[0] for one in credited)) <= abs(base), (original_id, group)
            assert abs(sum(one[1] for one in credited)) <= abs(tax), (original_id, group)
        by_line: dict[str, int] = Counter()
        for note in theirs:
            for line in facts.lines[note["id"]]:
                by_line[line["corrected_line_id"]] += line["gross_minor"]
        for line in facts.lines[original_id]:
            assert abs(by_line[line["id"]]) <= abs(line["gross_minor"]), line["id"]
    for row in facts.finalized:
        if row["credited_minor"]:
            assert row["id"] in notes


def check_ledger(facts: Facts) -> None:
    """The accounts sum to zero, and what is due of each document is what its account says."""
    accounts: Counter[tuple[str, str, str]] = Counter()
    due: Counter[str] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    for entry in facts.entries:
        assert entry["amount_minor"] > 0
        for account, sign in ((entry["debit"], 1), (entry["credit"], -1)):
            amount = sign * entry["amount_minor"]
            accounts[entry["entity_id"], entry["currency"], account] += amount
            if account == "RECEIVABLE":
                due[entry["invoice_id"]] += amount
            elif account == "CUSTOMER_BALANCE":
                held[entry["customer_id"], entry["currency"]] -= amount
    sums: Counter[tuple[str, str]] = Counter()
    for (entity, currency, _), amount in accounts.items():
        sums[entity, currency] += amount
    assert all(amount == 0 for amount in sums.values()), sums
    assert all(amount >= 0 for amount in held.values()), held
    for row in facts.finalized:
        expected = row["due_minor"] if row["status"] == "FINALIZED" and row["type"] not in UNPAYABLE else 0
        assert due[row["id"]] == expected, (row["id"], row["type"], due[row["id"]], expected)
    # What buyers owe in all is what their documents say.
    for (entity, currency, account), amount in accounts.items():
        if account == "RECEIVABLE":
            assert amount == sum(
                row["due_minor"]
                for row in facts.finalized
                if (row["entity_id"], row["currency"], row["status"]) == (entity, currency, "FINALIZED")
                and row["type"] not in UNPAYABLE
            )


def check_cross_border_sales(facts: Facts) -> None:
    """Each living tax document with a cross-border line is counted by those lines, and a year's count is their sum."""
    expected = {}
    for row in facts.finalized:
        nets = [line["net_minor"] for line in facts.lines[row["id"]] if is_cross_border(line)]
        if nets and row["status"] == "FINALIZED" and row["type"] != "PROFORMA":
            expected[row["id"]] = (-1 if row["type"] == "CREDIT_NOTE" else 1) * sum(nets)
    assert set(facts.counted) == set(expected)
    sums: dict[tuple[str, int], list[int]] = defaultdict(list)
    for id_, row in facts.counted.items():
        assert (row["eur_minor"] is None) == (row["currency"] != "EUR"), row
        if facts.invoices[id_]["allowances"] == facts.invoices[id_]["charges"] == "[]":
            assert row["net_minor"] == expected[id_], row
        sums[row["entity_id"], row["year"]].append(row["eur_minor"] or 0)
    # A count may have been locked in vain, and be empty.
    for row in facts.counts:
        added = sums.pop((row["entity_id"], row["year"]), [])
        assert (row["net_minor"], row["documents"]) == (sum(added), len(added)), row
    assert not sums


def is_cross_border(line: Row) -> bool:
    """Whether a line is a sale to a consumer, or to whoever counts as one, in another member state."""
    decision = json.loads(line["decision"])
    treatments = ("ORIGIN", "OSS", "DESTINATION_REGISTRATION")
    return decision["treatment"] in treatments and decision["inputs"]["kind"] in ("GOODS", "DIGITAL")


def check_declared(facts: Facts) -> None:
    """What is declared of each document is its VAT groups, credit notes negative; of a voided one nothing is left."""
    declared: dict[str, dict[tuple[str, Decimal | None, str | None], list[int]]] = defaultdict(dict)
    for entry in facts.declared:
        percent = None if entry["percent"] is None else Decimal(entry["percent"])
        sums = declared[entry["invoice_id"]].setdefault((entry["category"], percent, entry["country"]), [0, 0])
        sums[0], sums[1] = sums[0] + entry["base_minor"], sums[1] + entry["tax_minor"]
    billed = [row for row in facts.finalized if row["type"] != "PROFORMA"]
    assert set(declared) == {row["id"] for row in billed}
    for row in billed:
        sign = -1 if row["type"] == "CREDIT_NOTE" else 0 if row["status"] == "VOID" else 1
        expected = {
            (category, None if percent is None else Decimal(percent), country): [sign * base, sign * tax]
            for (category, percent, country), (base, tax) in groups_of(row).items()
        }
        assert declared[row["id"]] == expected, row["id"]
