"""What the product does by the clock. A new schedule is a function and a line here."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.services import (
    auto_finalize,
    compliance,
    email_delivery,
    endpoint_notices,
    exchange_rates,
    housekeeping,
    overdue,
    recurring_runs,
    reminders,
    vat_release,
)
from app.services.scheduler import Cron, Every, Schedule

SCHEDULES: Final[tuple[Schedule, ...]] = (
    # A day begins somewhere at every quarter of an hour.
    Schedule(name="invoices.overdue", when=Every(timedelta(minutes=15)), work=overdue.announce),
    Schedule(name="invoices.auto_finalize", when=Every(timedelta(minutes=1)), work=auto_finalize.finalize_due),
    Schedule(name="invoices.look_again", when=Every(timedelta(minutes=15)), work=vat_release.look_again),
    Schedule(name="invoices.remind", when=Every(timedelta(minutes=15)), work=reminders.remind),
    Schedule(name="invoices.recur", when=Every(timedelta(minutes=1)), work=recurring_runs.make_due),
    Schedule(name="webhooks.tell_operators", when=Every(timedelta(minutes=5)), work=endpoint_notices.tell_operators),
    Schedule(name="emails.orphans", when=Every(timedelta(minutes=15)), work=email_delivery.give_up_orphans),
    Schedule(name="idempotency.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_idempotency_keys),
    Schedule(name="webhooks.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_deliveries),
    Schedule(name="webhooks.erase_secrets", when=Every(timedelta(hours=1)), work=housekeeping.erase_secrets),
    Schedule(name="events.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_events),
    # The ECB publishes at about 16:00 in Frankfurt, 14:00 or 15:00 UTC. A run that finds today's rates asks nobody.
    Schedule(
        name="exchange_rates.fetch", when=Cron("10,40 14-19 * * 1-5", at_once=True), common=exchange_rates.refresh
    ),
    Schedule(name="compliance.refresh", when=Every(timedelta(hours=1)), work=compliance.refresh),
    Schedule(name="jobs.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_jobs),
)
