"""The application form (申报表), as its version asks."""

from typing import Any

from zaiti.applications.changed import to_mend
from zaiti.applications.models import Application
from zaiti.applications.rebasing import dropped
from zaiti.web.forms.answers import AnswersForm, field_of


class ApplicationForm(AnswersForm):
    """Every entry may wait while it is a draft; while returned, only what the notice names is there."""

    def __init__(self, *args: Any, instance: Application, **kwargs: Any) -> None:
        returned = instance.state == Application.State.RETURNED
        answers = instance.answers
        super().__init__(
            *args,
            shape=answers.shape,
            said=answers.said,
            only=set(instance.open_fields) if returned else None,
            to_mend=to_mend(answers),
            **kwargs,
        )
        for code, entry in dropped(answers).items():  # from a page drawn before the form was corrected
            if self.is_bound and code in self.data:
                self.fields[code] = field_of(entry)
