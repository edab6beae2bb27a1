"""Who is told when a task has failed for good."""

from __future__ import annotations

from typing import Any


def tell_of_failure(context: Any) -> None:
    """Tell the addresses that the settings name (RASOAT_ALERT_WEBHOOK, RASOAT_ALERT_EMAIL); none named, nobody is told."""
    from rasoat.alerts import Failure, post
    from rasoat.settings import load_settings

    settings, task = load_settings(), context["task_instance"]
    failure = Failure(task.dag_id, task.task_id, task.run_id, task.map_index, str(context.get("exception") or ""))
    if settings.alert_webhook:
        post(settings.alert_webhook, failure)
    if settings.alert_email:
        from airflow.providers.smtp.notifications.smtp import SmtpNotifier

        # The mail server is Airflow's connection smtp_default.
        mail = SmtpNotifier(
            to=settings.alert_email, from_email=settings.alert_email, subject=failure.subject, html_content=failure.as_html()
        )
        mail.notify(context)
