"""Run the jobs that the deeds left behind, in this process."""

from procrastinate.contrib.django import app

from zaiti.clock.jobs import LETTERS, MAIL


def run_jobs() -> None:
    """Work until no job is left; the queue “clock” is left: its hour is not the story's."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]  # Django's connector has it
        worker.run_worker(
            queues=[LETTERS, MAIL],
            wait=False,
            install_signal_handlers=False,
            listen_notify=False,
            delete_jobs="never",
        )
