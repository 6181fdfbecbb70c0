"""Forms that begin a year, and give one up."""

from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack, PackInvalid, load_pack, read_pack
from zaiti.web.forms.fields import Form
from zaiti.web.forms.kept import FileField

FIRST, LAST = 2004, 2100
MOST_BYTES = 2 * 2**20


class BeginForm(Form):
    """An empty year."""

    year = forms.IntegerField(label=_("year"), min_value=FIRST, max_value=LAST)


class FromYearForm(BeginForm):
    """A year made from another."""

    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("made from"))

    def __init__(self, cycles: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cycle"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cycles
        self.order_fields(["cycle", "year"])


class FromFileForm(Form):
    """A year made from a pack's file."""

    file = FileField(
        label=_("pack file (YAML)"),
        help_text=_(
            "As a year is exported, or as `zaiti check-pack` accepts it; each error is told with its line."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Read the pack; say of each error where it is."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        file = given["file"]
        if file.size > MOST_BYTES:
            self.add_error(
                "file", _("The file is larger than 2 MB; a pack is far smaller. Is it the right one?")
            )
            return given
        try:
            given["pack"] = read_pack(file.read(), file.name)
        except PackInvalid as invalid:
            told = [_said(error) for error in invalid.errors]
            self.add_error("file", told)
        return given


@cache
def _title(path: Path, _changed: float) -> str:
    try:
        return load_pack(path).title
    except PackInvalid:
        return path.stem


def packs() -> list[tuple[str, str]]:
    """The packs at hand: file name and title."""
    found = sorted(settings.POLICIES.glob("*.yaml"), reverse=True)
    return [(path.stem, f"{_title(path, path.stat().st_mtime)} · {path.name}") for path in found]


class PackForm(Form):
    """A year made from a pack of this site."""

    pack = forms.ChoiceField(
        label=_("policy pack"),
        choices=packs,
        help_text=_("A pack holds what a year's notice states."),
    )

    def clean_pack(self) -> Pack:
        """Read the pack; say what is wrong with one that can't be used."""
        try:
            return load_pack(settings.POLICIES / f"{self.cleaned_data['pack']}.yaml")
        except PackInvalid as invalid:
            raise forms.ValidationError([str(error) for error in invalid.errors]) from invalid


class SourceForm(Form):
    """The document by which a part is no sample."""

    path = forms.CharField(widget=forms.HiddenInput)
    source = forms.CharField(label=_("document it comes from"), max_length=200)


def _said(error: Any) -> Any:
    if not error.field:
        return _("Line %(line)s: %(said)s") % {"line": error.line, "said": error.message}
    facts = {"line": error.line, "field": error.field, "said": error.message}
    return _("Line %(line)s, %(field)s: %(said)s") % facts


def city_of(user: Any) -> Authority | None:
    """The city bureau a person makes years for."""
    posts = [post.authority for post in user.live_posts() if post.authority.level == Authority.Level.CITY]
    return posts[0] if posts else None
