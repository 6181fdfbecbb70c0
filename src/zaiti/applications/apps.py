from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zaiti.applications"
    label = "applications"

    def ready(self) -> None:
        """Say whom a published text concerns."""
        from zaiti.applications.queries import applicants_of  # noqa: PLC0415  # models are loaded by now
        from zaiti.notices.concerned import concerned  # noqa: PLC0415  # models are loaded by now

        concerned(applicants_of)
