"""Settings come from the environment; a wrong one is named."""

from __future__ import annotations

import pytest

from app.settings import SETTINGS, SettingsError, load, tortoise_config


def test_nothing_is_needed() -> None:
    chosen = load({"PATH": "/bin"})
    assert chosen.database_url == "sqlite://var/invoicing.sqlite3"
    assert (chosen.runs_embedded_worker, chosen.allows_private_webhooks) == (True, True)


def test_production_is_strict_by_itself() -> None:
    chosen = load({"INVOICING_DATABASE_URL": "postgres://u:p@db/invoicing"})
    assert (chosen.runs_embedded_worker, chosen.allows_private_webhooks) == (False, False)
    config = tortoise_config(chosen)["connections"]["postgres"]["credentials"]
    assert (config["host"], config["user"], config["server_settings"]["role"]) == ("db", "u", "invoicing_app")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INVOICING_PORT", "eighty"),
        ("INVOICING_PORT", "70000"),
        ("INVOICING_DATABASE_URL", "mysql://x"),
        ("INVOICING_BASE_URL", "ftp://x"),
        ("INVOICING_LOG_FORMAT", "xml"),
        ("INVOICING_GRAPHIQL", "maybe"),
        ("INVOICING_DATABASE_ROLE", "Robert'); DROP"),
        ("INVOICING_TYPO", "1"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load({name: value})


def test_a_wrong_url_does_not_tell_its_password() -> None:
    with pytest.raises(SettingsError) as raised:
        load({"INVOICING_DATABASE_URL": "mysql://user:secret@db"})
    assert "secret" not in str(raised.value)


def test_every_setting_has_a_meaning() -> None:
    assert all(name.startswith("INVOICING_") and what for name, _, what in SETTINGS)
