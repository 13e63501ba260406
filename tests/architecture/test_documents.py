"""Documents that derive from the code are equal to it; `make golden` writes them anew."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from app.domain import errors, events
from app.domain.errors import InvoicingError
from app.domain.payloads import json_schema
from app.graphql.schema import make_schema, sdl
from app.settings import SETTINGS
from tests.compliance_page import compliance_page
from tests.lifecycle_page import lifecycle_page

ROOT = Path(__file__).resolve().parents[2]
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def check(path: Path, wanted: str) -> None:
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted, f"{path.name} is stale; run `make golden`"


def test_the_committed_schema_is_the_codes() -> None:
    assert (ROOT / "schema.graphql").read_text(encoding="utf-8") == sdl(), "run `make schema`"


def test_every_type_field_and_argument_is_described() -> None:
    bare = []
    for name, kind in make_schema()._schema.type_map.items():
        if name.startswith("__"):
            continue
        if not kind.description:
            bare.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                if not field.description:
                    bare.append(f"{name}.{field_name}")
                for argument_name, argument in getattr(field, "args", {}).items():
                    if not argument.description:
                        bare.append(f"{name}.{field_name}({argument_name})")
        if isinstance(kind, GraphQLEnumType):
            assert kind.values
    assert bare == []


@pytest.mark.parametrize("event", events.CATALOGUE, ids=lambda event: event.type)
def test_an_events_schema_is_golden(event: type[events.EventData]) -> None:
    text = json.dumps(json_schema(event), indent=2) + "\n"
    check(ROOT / "docs" / "events" / f"{event.type}.v{event.version}.json", text)


def test_every_version_of_an_event_keeps_its_schema() -> None:
    wanted = {f"{event.type}.v{n}.json" for event in events.CATALOGUE for n in range(1, event.version + 1)}
    assert {path.name for path in (ROOT / "docs" / "events").iterdir()} == wanted


def test_the_page_of_events() -> None:
    lines = [
        "# Events",
        "",
        "Written by `make golden` from `app/domain/events.py`. Webhooks carry them in an envelope with `id`, `type`,",
        "`timestamp`, `sequence`, `entitySequence`, `version`, `mode`, `entityId` and `data`; subscriptions show the",
        "same `data`. A version may get more fields; where a field would go or mean something else, `version` grows.",
        "The JSON Schema of each version lies in [`events/`](events/); a server gives its own at",
        "`/events/schema/{type}.json`.",
        "",
    ]
    for event in events.CATALOGUE:
        properties = json_schema(event)["properties"]
        lines += [f"## `{event.type}`", "", (event.__doc__ or "").strip(), "", "| field | type |", "|---|---|"]
        lines += [f"| `{name}` | {_kind(schema)} |" for name, schema in properties.items()]
        lines.append("")
    check(ROOT / "docs" / "events.md", "\n".join(lines))


def _kind(schema: dict[str, object]) -> str:
    kind = schema["type"]
    if kind == "array":
        return "list of texts"
    if kind == "object":
        return "amount and currency"
    return " or ".join(str(part) for part in kind) if isinstance(kind, list) else str(kind)


def test_the_page_of_the_lifecycle() -> None:
    check(ROOT / "docs" / "lifecycle.md", lifecycle_page())


def test_the_page_of_compliance() -> None:
    check(ROOT / "docs" / "compliance.md", compliance_page())


def test_the_page_of_errors() -> None:
    lines = [
        "# Errors",
        "",
        "Written by `make golden` from `app/domain/errors.py`. Errors of a mutation's input are in its `userErrors`;",
        "authentication, permissions, limits and what is unexpected are top-level errors with `extensions.code`.",
        "",
        "| code | meaning | HTTP | exit code | retry |",
        "|---|---|---|---|---|",
    ]
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, InvoicingError) and "code" in vars(kind):
            meaning = (kind.__doc__ or "").strip().splitlines()[0]
            retry = "yes" if kind.retryable else ""
            if kind is not InvoicingError:
                lines.append(f"| `{kind.code}` | {meaning} | {kind.http_status} | {kind.exit_code} | {retry} |")
    lines += [
        "| `INTERNAL` | A fault of ours, logged whole under the reference in the message. | 500 | 70 | |",
        "",
        "The transport adds `BAD_REQUEST`, `GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`, `BAD_USER_INPUT`,",
        "`OPERATION_RESOLUTION_FAILURE`, `METHOD_NOT_ALLOWED`, `NOT_ACCEPTABLE` and `UNSUPPORTED_MEDIA_TYPE`.",
        "",
    ]
    check(ROOT / "docs" / "errors.md", "\n".join(lines))


def test_the_readmes_table_of_settings() -> None:
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    rows = "\n".join(f"| `{name}` | {f'`{default}`' if default else ''} | {what} |" for name, default, what in SETTINGS)
    table = f"\n| variable | default | meaning |\n|---|---|---|\n{rows}\n"
    pattern = re.compile(r"(<!-- settings: .*? -->\n).*?(<!-- /settings -->)", re.DOTALL)
    check(path, pattern.sub(lambda found: f"{found.group(1)}{table}\n{found.group(2)}", text))


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_links_in_the_documents_lead_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
