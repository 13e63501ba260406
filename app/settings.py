"""Settings, read once from the environment. Nothing is needed for the embedded default.

Every variable starts with `INVOICING_`; a wrong value stops the start with a message naming the variable. The table in
README.md is generated from `SETTINGS` here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from app.domain.errors import InvalidInput
from app.domain.mail.address import check_address
from app.domain.mail.server import parse_mail_url
from app.storage.files import check_url
from app.storage.signing import from_file, from_pem

PREFIX: Final = "INVOICING_"


class SettingsError(Exception):
    """An environment variable has a value that does not work; the message names it."""


def _text(raw: str) -> str:
    return raw


def _flag(raw: str) -> bool:
    match raw.strip().lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
    raise ValueError("write true or false")


def _optional_flag(raw: str) -> bool | None:
    return None if raw.strip().lower() == "auto" else _flag(raw)


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        value = int(raw)
        if not low <= value <= high:
            raise ValueError(f"must be from {low} to {high}")
        return value

    return parse


def _retention(raw: str) -> int:
    value = int(raw)
    # Webhooks are tried again for a day and more, and an endpoint is given up after five.
    if value and not 7 <= value <= 36_500:
        raise ValueError("must be 0, or from 7 to 36500")
    return value


def _database_url(raw: str) -> str:
    scheme = urlsplit(raw).scheme
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("must start with sqlite:// or postgres://")
    if scheme == "sqlite" and (":memory:" in raw or not raw.removeprefix("sqlite://")):
        raise ValueError(
            "needs a file, such as sqlite://var/invoicing.sqlite3; an in-memory database has one connection"
        )
    return raw


def _role(raw: str) -> str:
    if not raw.replace("_", "").isalnum() or raw != raw.lower() or not raw[0].isalpha() or len(raw) > 63:
        raise ValueError("must be a plain lower-case PostgreSQL role name")
    return raw


def _url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http or https URL")
    return raw.rstrip("/")


def _mail_url(raw: str) -> str:
    parse_mail_url(raw)
    return raw


def _mail_address(raw: str) -> str:
    try:
        return check_address(raw, ())
    except InvalidInput as error:
        raise ValueError(error.message) from None


def _bounce_address(raw: str) -> str:
    address = _mail_address(raw) if raw else ""
    # RFC 5321, 4.5.3.1.1: 64 octets before the @, of which a message's id and a plus sign take 31.
    if len(address.rpartition("@")[0]) > 33:
        raise ValueError("may have 33 characters before the @ at most, since a message's id follows them")
    return address


def _token(raw: str) -> str:
    if raw and (len(raw) < 16 or not raw.isascii() or not raw.isprintable() or " " in raw):
        raise ValueError("must have at least 16 visible ASCII characters")
    return raw


def _storage_url(raw: str) -> str:
    return check_url(raw) if raw else ""


def _signing_key(raw: str) -> str:
    if raw.lstrip().startswith("-----BEGIN"):
        from_pem(raw.encode())
    elif raw and not Path(raw).is_file():
        raise ValueError("must be a PEM text, or a file that exists")
    elif raw:
        from_file(Path(raw))
    return raw


def _log_format(raw: str) -> str:
    if raw not in ("console", "json"):
        raise ValueError("must be console or json")
    return raw


def _log_level(raw: str) -> str:
    if raw.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return raw.upper()


def _setting(default: Any, parse: Callable[[str], Any], what: str) -> Any:
    return field(default=default, metadata={"parse": parse, "what": what})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, frozen. Each is the variable `INVOICING_<NAME>`."""

    database_url: str = _setting(
        "sqlite://var/invoicing.sqlite3", _database_url, "Where the data is: `sqlite://FILE` or `postgres://…`"
    )
    migration_database_url: str = _setting(
        "",
        lambda raw: _database_url(raw) if raw else "",
        "PostgreSQL: the owner's URL that `invoicing migrate` uses; empty means `DATABASE_URL`",
    )
    database_role: str = _setting(
        "invoicing_app", _role, "PostgreSQL: the role without BYPASSRLS that all work is done as; made by `migrate`"
    )
    database_pool_size: int = _setting(12, _between(1, 64), "PostgreSQL: connections a process may open")
    host: str = _setting("127.0.0.1", _text, "The address that `invoicing serve` listens on")
    port: int = _setting(8000, _between(1, 65535), "The port that `invoicing serve` listens on")
    base_url: str = _setting("http://127.0.0.1:8000", _url, "The public URL of this server, as links show it")
    embedded_worker: bool | None = _setting(
        None, _optional_flag, "Whether `serve` runs the worker too: `true`, `false`, or `auto` (only on SQLite)"
    )
    webhook_allow_private: bool | None = _setting(
        None,
        _optional_flag,
        "Whether webhooks may go to private addresses and plain http: `true`, `false`, or `auto` (only on SQLite)",
    )
    webhook_timeout_s: int = _setting(15, _between(1, 60), "Seconds a webhook request may take")
    webhook_concurrency: int = _setting(64, _between(1, 1000), "Webhook requests under way at once in one worker")
    mail_url: str = _setting(
        "file://var/mail",
        _mail_url,
        "Where mail goes: `smtp://USER:PASSWORD@HOST:587` (STARTTLS), `smtps://…`, or `file://FOLDER` for `.eml` files",
    )
    mail_from: str = _setting("invoices@invoicing.example", _mail_address, "The address that mail comes from")
    mail_bounce_address: str = _setting(
        "",
        _bounce_address,
        "Where bounces go, as `NAME+…@HOST`, for `invoicing mail bounce`; empty means to `MAIL_FROM`",
    )
    mail_timeout_s: int = _setting(30, _between(1, 300), "Seconds that handing a message to the mail server may take")
    mail_per_minute: int = _setting(120, _between(1, 100_000), "Messages a platform may send in a minute; more wait")
    mail_per_entity_per_day: int = _setting(
        1_000, _between(1, 1_000_000), "Messages an entity may send in 24 hours; more wait"
    )
    job_concurrency: int = _setting(16, _between(2, 256), "Jobs that one worker runs at once")
    job_lease_s: int = _setting(30, _between(2, 600), "Seconds after which the job of a worker that died is another's")
    job_grace_s: int = _setting(20, _between(0, 600), "Seconds that a worker told to stop lets a job's step go on")
    job_days: int = _setting(30, _between(1, 3650), "Days that finished jobs are kept")
    webhook_host_concurrency: int = _setting(
        8, _between(1, 1000), "Webhook requests under way at once to one host, over all endpoints there"
    )
    webhook_retention_days: int = _setting(
        30, _between(1, 3650), "Days that webhook deliveries and their attempts are kept after their end"
    )
    idempotency_days: int = _setting(7, _between(1, 90), "Days that idempotency keys are remembered")
    event_retention_days: int = _setting(
        0,
        _retention,
        "Days that events and the record of their webhooks are kept, at least 7; `0` keeps them for ever",
    )
    storage_url: str = _setting(
        "",
        _storage_url,
        "Where PDFs are archived: `file://FOLDER` or `s3://BUCKET/PREFIX?endpoint=…&region=…`, its credentials in"
        " `AWS_ACCESS_KEY_ID` and its like; empty means the folder `archive` beside the SQLite file, else in `var`",
    )
    retention_years: int = _setting(
        10, _between(1, 100), "Years that archived files are kept, from the end of their document's year"
    )
    signing_key: str = _setting(
        "",
        _signing_key,
        "The Ed25519 key that signs audit certificates: PEM or its file; empty means `audit-key.pem` beside the SQLite"
        " file, made once; on PostgreSQL there is none then",
    )
    exchange_rates_url: str = _setting(
        "",
        lambda raw: _url(raw) if raw else "",
        "Where exchange rates come from, such as `https://www.ecb.europa.eu/stats/eurofxref`; empty asks nobody",
    )
    vies_url: str = _setting(
        "",
        lambda raw: _url(raw) if raw else "",
        "VIES's REST interface, `https://ec.europa.eu/taxation_customs/vies/rest-api`, which is asked about buyers' VAT"
        " numbers; empty asks nobody. A sandbox never asks it",
    )
    vies_timeout_s: int = _setting(8, _between(1, 60), "Seconds that VIES may take for an answer")
    vies_per_state: int = _setting(
        2, _between(1, 50), "Questions that a process asks about the numbers of one member state at once"
    )
    hmrc_url: str = _setting(
        "",
        lambda raw: _url(raw) if raw else "",
        "HMRC's interface, `https://api.service.hmrc.gov.uk`, which is asked about British VAT numbers; empty asks"
        " nobody",
    )
    hmrc_client_id: str = _setting("", _text, "The id of the application at HMRC's developer hub")
    hmrc_client_secret: str = _setting("", _text, "The secret of the application at HMRC's developer hub")
    hmrc_timeout_s: int = _setting(8, _between(1, 60), "Seconds that HMRC may take for an answer")
    hmrc_at_once: int = _setting(2, _between(1, 50), "Questions that a process asks HMRC at once")
    vat_cache_hours: int = _setting(
        24, _between(1, 720), "Hours that a valid answer on a VAT number counts before it is asked for again"
    )
    vat_last_valid_days: int = _setting(
        30,
        _between(0, 365),
        "Days between a valid answer and a document's tax point up to which it counts, where the seller's policy is"
        " `LAST_VALID` and the register does not answer",
    )
    max_body_bytes: int = _setting(1_048_576, _between(10_000, 100_000_000), "Bytes a request body may have")
    channel_rate: int = _setting(
        50, _between(1, 10_000), "Order webhooks a second that one channel may send to a process"
    )
    max_order_lines: int = _setting(1_000, _between(1, 10_000), "Lines an order or an invoice may have")
    socket_operations: int = _setting(100, _between(1, 10_000), "Operations that one WebSocket may run at once")
    key_sockets: int = _setting(2_000, _between(1, 1_000_000), "WebSockets that one key may hold open in a process")
    key_streams: int = _setting(
        5_000, _between(1, 1_000_000), "Subscriptions that one key may have in a process, over all its connections"
    )
    graphiql: bool = _setting(True, _flag, "Whether browsers get GraphiQL at `/graphql`")
    shutdown_s: int = _setting(
        25, _between(1, 600), "Seconds a process that is told to end may take for the requests and jobs it has in hand"
    )
    metrics_token: str = _setting(
        "", _token, "The bearer token that `/metrics` answers to, 16 characters or more; empty means no `/metrics`"
    )
    worker_port: int = _setting(
        0, _between(0, 65535), "The port on which `invoicing worker` answers `/healthz`, `/readyz`, `/metrics`; 0: none"
    )
    tracing: bool = _setting(
        False,
        _flag,
        "Whether traces are sent by OpenTelemetry, as the standard `OTEL_*` variables say; needs the extra `otel`",
    )
    log_format: str = _setting("console", _log_format, "`console` for people, `json` for machines")
    log_level: str = _setting("INFO", _log_level, "The least severity that is logged")

    @property
    def is_postgres(self) -> bool:
        """Whether the data is in PostgreSQL rather than the embedded SQLite."""
        return not self.database_url.startswith("sqlite:")

    @property
    def archive_url(self) -> str:
        """Where archived files are."""
        return self.storage_url or f"file://{self._folder / 'archive'}"

    @property
    def signing_key_file(self) -> Path | None:
        """Where the key that signs certificates is made when none is given; None on PostgreSQL."""
        return None if self.is_postgres else self._folder / "audit-key.pem"

    @property
    def _folder(self) -> Path:
        return Path("var") if self.is_postgres else sqlite_path(self.database_url).parent

    @property
    def runs_embedded_worker(self) -> bool:
        """Whether `serve` also relays events and sends webhooks."""
        return not self.is_postgres if self.embedded_worker is None else self.embedded_worker

    @property
    def allows_private_webhooks(self) -> bool:
        """Whether webhooks may go to loopback and private addresses."""
        return not self.is_postgres if self.webhook_allow_private is None else self.webhook_allow_private


SETTINGS: Final[tuple[tuple[str, str, str], ...]] = tuple(
    (
        PREFIX + f.name.upper(),
        "auto" if f.default is None else str(f.default).lower() if isinstance(f.default, bool) else str(f.default),
        f.metadata["what"],
    )
    for f in fields(Settings)
)


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment. Raises SettingsError for a wrong value or an unknown INVOICING_ variable."""
    environment = os.environ if environment is None else environment
    known = {PREFIX + f.name.upper(): f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name, raw in environment.items():
        if not name.startswith(PREFIX):
            continue
        if name not in known:
            raise SettingsError(f"{name} is not a setting; known are {', '.join(sorted(known))}")
        try:
            values[known[name].name] = known[name].metadata["parse"](raw)
        except (ValueError, IndexError) as error:
            raise SettingsError(f"{name}={_shown(name, raw)!r} does not work: {error}") from None
    return Settings(**values)


def _shown(name: str, raw: str) -> str:
    # A URL may carry a password; messages end in logs.
    if "TOKEN" in name or "KEY" in name or "SECRET" in name:
        return "…"
    return raw if "URL" not in name else urlsplit(raw).scheme + "://…"


def tortoise_config(settings: Settings, *, owner: bool = False) -> dict[str, Any]:
    """Tortoise's configuration: one pool on PostgreSQL; on SQLite one writer and one reader of the same file.

    The connections are named by dialect, because Tortoise caches statements by the connection's name alone.
    """
    connections: dict[str, Any]
    if settings.is_postgres:
        url = settings.migration_database_url or settings.database_url if owner else settings.database_url
        connections = {"postgres": _postgres_connection(url, settings, owner=owner)}
    else:
        writer = _sqlite_connection(settings.database_url)
        connections = {"sqlite": writer, "sqlite_reader": writer}
    return {
        "connections": connections,
        "apps": {
            "invoicing": {"models": ["app.db.models", "aerich.models"], "default_connection": next(iter(connections))}
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def sqlite_path(url: str) -> Path:
    """The file that a `sqlite://` URL names; relative ones start at the working directory."""
    return Path(url.removeprefix("sqlite://"))


def _sqlite_connection(url: str) -> dict[str, Any]:
    return {
        "engine": "tortoise.backends.sqlite",
        "credentials": {
            "file_path": str(sqlite_path(url)),
            "journal_mode": "WAL",
            "foreign_keys": "ON",
            # A finalized invoice must survive a power cut.
            "synchronous": "FULL",
            "busy_timeout": 10_000,
        },
    }


def _postgres_connection(url: str, settings: Settings, *, owner: bool) -> dict[str, Any]:
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    server_settings = {"timezone": "UTC", "datestyle": "ISO", "application_name": "invoicing"}
    if not owner:
        # Whoever logs in, the work is done as this role, to which row-level security applies.
        server_settings["role"] = settings.database_role
    credentials: dict[str, Any] = {
        "host": query.pop("host", None) or (unquote(parts.hostname) if parts.hostname else None),
        "port": parts.port or int(query.pop("port", 5432)),
        "user": unquote(parts.username or "") or None,
        "password": unquote(parts.password or "") or None,
        "database": parts.path.lstrip("/") or None,
        "minsize": 1,
        "maxsize": settings.database_pool_size,
        "server_settings": server_settings,
        "command_timeout": 60,
    }
    if "sslmode" in query:
        credentials["ssl"] = query.pop("sslmode")
    return {"engine": "tortoise.backends.asyncpg", "credentials": credentials}


def __getattr__(name: str) -> Any:
    """`TORTOISE_ORM`, which `aerich` on the command line asks for (pyproject.toml); made when asked, not on import."""
    if name == "TORTOISE_ORM":
        return tortoise_config(load(), owner=True)
    raise AttributeError(name)
