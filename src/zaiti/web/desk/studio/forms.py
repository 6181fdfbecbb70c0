"""Forms that begin a year, and give one up."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack, PackInvalid, load_pack, read_pack
from zaiti.programmes.packs.loading import PackError
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
    wrong: Sequence[PackError] = ()
    name = text = ""

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
        content = file.read()
        if not _read(self, "file", content, file.name):
            self.name, self.text = file.name, content.decode("utf-8-sig", "ignore").replace("\x00", "")
        return given


class TextForm(Form):
    """A pack's text that was wrong in places, put right in the page."""

    name = forms.CharField(widget=forms.HiddenInput, max_length=255)
    text = forms.CharField(
        label=_("text of the pack"),
        strip=False,
        widget=forms.Textarea({"rows": 30, "class": "font-monospace", "wrap": "off", "spellcheck": "false"}),
    )
    wrong: Sequence[PackError] = ()

    def clean_text(self) -> str:
        """Read the pack; say of each error where it is."""
        text: str = self.cleaned_data["text"]
        _read(self, "text", text.encode(), self.cleaned_data.get("name", ""))
        return text

    def beside(self) -> list[tuple[PackError, str, str]]:
        """Each error with its sentence and the line it is about."""
        lines = str(self["text"].value() or "").splitlines()
        return [
            (error, _said(error), lines[error.line - 1].strip() if error.line <= len(lines) else "")
            for error in self.wrong
        ]


def correctable(file: FromFileForm) -> TextForm | None:
    """The text of a file that was refused, to be put right."""
    if not file.wrong:
        return None
    made = TextForm(prefix="written", initial={"name": file.name, "text": file.text})
    made.wrong = file.wrong
    return made


def _read(form: "FromFileForm | TextForm", field: str, content: bytes, name: str) -> bool:
    try:
        form.cleaned_data["pack"] = read_pack(content, name)
    except PackInvalid as invalid:
        form.wrong = invalid.errors
        said = _("The text has %(n)s mistakes; put them right below, or choose another file.")
        form.add_error(field, said % {"n": len(invalid.errors)})
        return False
    return True


@cache
def _told(path: Path, _changed: float) -> tuple[str, str | None]:
    """A pack's title and the code of its city; of one that can't be used, its name alone."""
    try:
        pack = load_pack(path)
    except PackInvalid:
        return path.stem, None
    return pack.title, pack.city.code


def packs(city: Authority | None) -> list[tuple[str, str]]:
    """The packs at hand for a city: file name and title."""
    found = sorted(settings.POLICIES.glob("*.yaml"), reverse=True)
    read = [(path, *_told(path, path.stat().st_mtime)) for path in found]
    ours = (None, city.code if city else None)
    return [(path.stem, f"{title} · {path.name}") for path, title, code in read if code in ours]


class PackForm(Form):
    """A year made from a pack of this site."""

    pack = forms.ChoiceField(
        label=_("policy pack"),
        help_text=_("A pack holds what a year's notice states."),
    )

    def __init__(self, city: Authority | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pack"]
        field.choices = packs(city)

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
