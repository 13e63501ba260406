"""Structured logs on standard error, for people or as JSON lines; what libraries say comes in the same form."""

from __future__ import annotations

import logging
import sys
from typing import Any

import orjson
import structlog

from app.running import named, spans


def configure(level_name: str, *, as_json: bool) -> None:
    """Sets up logging for the process. `level_name` is one of the standard library's."""
    level = getattr(logging, level_name)
    stamped: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        named.merge,
        within_its_trace,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendered: list[structlog.typing.Processor]
    colourful = not as_json and sys.stderr.isatty()
    if as_json:
        rendered = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_json)]
    elif colourful:
        # The rich traceback shows every frame's locals: minutes of work, and secrets, when an input is large.
        rendered = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    else:
        # Nobody sees colours in a file, and they take a tenth of a millisecond a line.
        rendered = [structlog.processors.format_exc_info, _plain]
    structlog.configure(
        processors=[*stamped, *rendered] if colourful else [*stamped, *rendered, _encoded],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # One system call a line.
        logger_factory=structlog.PrintLoggerFactory(sys.stderr)
        if colourful
        else structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *stamped],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *rendered,
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # They tell of every entry that comes again, and of every table of a font; what became of it is told by us.
    for talkative in ("pgqueuer", "fontTools"):
        logging.getLogger(talkative).setLevel(max(level, logging.WARNING))


def within_its_trace(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """`trace_id` and `span_id`, where the line is written within a span."""
    if ids := spans.ids():
        event.update(ids)
    return event


def _encoded(_: Any, __: str, line: Any) -> bytes:
    return str(line).encode("utf-8", "backslashreplace")


def _plain(_: Any, __: str, event: structlog.typing.EventDict) -> str:
    """`time [level] event name=value …`, and the traceback below."""
    trace = event.pop("exception", None)
    head = f"{event.pop('timestamp')} [{event.pop('level')}] {event.pop('event')}"
    line = " ".join((head, *(f"{name}={_shown(value)}" for name, value in event.items())))
    return line if trace is None else f"{line}\n{trace}"


def _shown(value: Any) -> str:
    text = str(value)
    return repr(text) if " " in text or not text.isprintable() else text


def _json(value: Any, **_: Any) -> str:
    return orjson.dumps(value, default=repr, option=orjson.OPT_NON_STR_KEYS).decode("utf-8")
