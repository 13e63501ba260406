"""What the product does by the clock. A new schedule is a function and a line here."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.services import email_delivery, endpoint_notices, housekeeping, overdue, recurring_runs, reminders
from app.services.scheduler import Every, Schedule

SCHEDULES: Final[tuple[Schedule, ...]] = (
    # A day begins somewhere at every quarter of an hour.
    Schedule(name="invoices.overdue", when=Every(timedelta(minutes=15)), work=overdue.announce),
    Schedule(name="invoices.remind", when=Every(timedelta(minutes=15)), work=reminders.remind),
    Schedule(name="invoices.recur", when=Every(timedelta(minutes=1)), work=recurring_runs.make_due),
    Schedule(name="webhooks.tell_operators", when=Every(timedelta(minutes=5)), work=endpoint_notices.tell_operators),
    Schedule(name="emails.orphans", when=Every(timedelta(minutes=15)), work=email_delivery.give_up_orphans),
    Schedule(name="idempotency.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_idempotency_keys),
    Schedule(name="webhooks.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_deliveries),
    Schedule(name="webhooks.erase_secrets", when=Every(timedelta(hours=1)), work=housekeeping.erase_secrets),
    Schedule(name="events.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_events),
    Schedule(name="jobs.sweep", when=Every(timedelta(hours=1)), work=housekeeping.sweep_jobs),
)
