"""Who is told when a task has failed for good, or a whole run has taken too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from airflow.sdk import Context

    from pipeline.alerts import Failure

# Where the process is gone nobody can say why any more.
_GONE = "worker hoặc tiến trình của ô đã chết, xem nhật ký của worker / the worker or its process is gone"
_TOO_LONG = "lượt chạy quá thời hạn của DAG; ô chưa xong ghi skipped / the run took longer than its DAG allows"


def tell_of_failure(context: Context) -> None:
    """Tell the addresses that the settings name (RASOAT_ALERT_WEBHOOK, RASOAT_ALERT_EMAIL); none named, nobody is told."""
    from pipeline.alerts import Failure

    task = context["task_instance"]
    mapped = -1 if task.map_index is None else task.map_index
    reason, item, log = str(context.get("exception") or _GONE), str(context.get("item") or ""), getattr(task, "log_url", "")
    _tell(Failure(task.dag_id, task.task_id, task.run_id, mapped, reason, item, log), context)


def tell_of_timeout(context: Context) -> None:
    """Tell of a run that took too long: Airflow skips its tasks then, so none of them tells anybody."""
    if context.get("reason") != "timed_out":
        return
    from pipeline.alerts import Failure

    _tell(Failure(context["dag"].dag_id, "", context["run_id"], -1, _TOO_LONG), context)


def _tell(failure: Failure, context: Context) -> None:
    from pipeline.alerts import post
    from rasoat.settings import load_settings

    settings = load_settings()
    try:
        if settings.alert_webhook:
            post(settings.alert_webhook, failure)
    finally:  # a webhook that does not answer must not keep the letter back; Airflow writes the fault into its log
        if settings.alert_email:
            from airflow.providers.smtp.notifications.smtp import SmtpNotifier

            # The mail server is Airflow's connection smtp_default.
            mail = SmtpNotifier(
                to=settings.alert_email, from_email=settings.alert_email, subject=failure.subject, html_content=failure.as_html()
            )
            mail.notify(context)
