"""File fields that lose nothing: a form that is refused holds what was uploaded until it comes again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.files.held import held, hold
from zaiti.files.models import Held
from zaiti.files.store import UPLOADS

# Attributes of what was sent: that a form has read it; the sentence of the deed that then refused it.
READ, REFUSED = "read_by_a_form", "refused"
KEPT = "-kept"  # behind a field's name: the tokens of what is held for it


@dataclass
class Given:
    """What came for one field: files, and the tokens of files that came before."""

    new: list[Any] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


class FilesInput(forms.ClearableFileInput):
    """Several files chosen or dropped at once; those held are listed, each to be kept or not."""

    allow_multiple_selected = True
    held: Sequence[Held] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Given:
        """Read the new files and the tokens."""
        return Given(_every(files, name), _every(data, f"{name}{KEPT}"))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the template what is held."""
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"held": self.held, "held_name": f"{name}{KEPT}"}
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """What is held already need not be chosen again."""
        return not self.held and super().use_required_attribute(initial)


class FileInput(FilesInput):
    """One file; another takes the place of the one that is held."""

    allow_multiple_selected = False


class FilesField(forms.FileField):
    """A list of files.  `check` refuses a file, `check_all` all of them together, each with a sentence."""

    widget = FilesInput
    good: Sequence[Any] = ()

    def __init__(
        self,
        *,
        check: "Callable[[File[Any]], object] | None" = None,
        check_all: "Callable[[Sequence[File[Any]]], object] | None" = None,
        spare: int = UPLOADS,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.check, self.check_all, self.spare = check, check_all, spare

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check each file; a required field wants at least one."""
        given = data if isinstance(data, Given) else Given(_listed(data))
        kept = [] if given.new and not self._many else [row for row in held(given.tokens) if _there(row)]
        good, problems = self._checked(given.new, initial)
        whole = [*(_again(row) for row in kept), *good]
        if not problems and not whole and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        too_much = self._together(whole)
        self.good, self._shown.held = [] if too_much else good, kept
        problems += too_much
        if problems:
            raise forms.ValidationError(problems)
        return self._given(whole)

    def hold(self) -> None:
        """Keep what came, as the form was refused; each file is listed with a token."""
        files, self.good = self.good, ()
        for file in files:
            name, kind = str(file.name), file.content_type or ""
            row = hold(file, name=name, content_type=kind, spare=self.spare)
            self._shown.held = [*self._shown.held, row]

    @property
    def _shown(self) -> FilesInput:
        assert isinstance(self.widget, FilesInput)
        return self.widget

    @property
    def _many(self) -> bool:
        return self._shown.allow_multiple_selected

    def _given(self, whole: list[Any]) -> Any:
        return whole

    def _checked(self, files: list[Any], initial: Any) -> tuple[list[Any], list[Any]]:
        good: list[Any] = []
        problems: list[Any] = []
        for file in files:
            try:
                super().clean(file, initial)
                if self.check:
                    self.check(file)
                good.append(file)
            except Refused as no:
                problems.append(no.message)
            except forms.ValidationError as no:
                problems.append(no)
        return good, problems

    def _together(self, whole: list[Any]) -> list[Any]:
        try:
            if self.check_all:
                self.check_all(whole)
        except Refused as no:
            return [no.message]
        return []


class FileField(FilesField):
    """One file, or none where it is not required."""

    widget = FileInput

    def _given(self, whole: list[Any]) -> Any:
        return whole[0] if whole else None


class KeepsFiles(forms.BaseForm):
    """A form that holds its files when it is refused."""

    def full_clean(self) -> None:
        """Check everything; with errors, hold what was uploaded."""
        super().full_clean()
        if isinstance(self.data, QueryDict):
            setattr(self.data, READ, True)
        if no := getattr(self.data, REFUSED, ""):
            self.add_error(None, no)
        if self.is_bound and self.errors:
            self.hold_files()

    def hold_files(self) -> None:
        """Hold the files of every field."""
        for name, shown in self.fields.items():
            try:
                if isinstance(shown, FilesField):
                    shown.hold()
            except Refused as no:
                self.add_error(name, _("Not kept: %s") % no.message)


def _there(row: Held) -> bool:
    return bool(row.file.content.storage.exists(str(row.file.content)))


def _again(row: Held) -> "UploadedFile[Any]":
    """A file that is held, as if it had come just now."""
    file = row.file
    content = file.content.open("rb")
    return UploadedFile(content, file.original_name, file.content_type, file.size)


def _every(source: Any, name: str) -> list[Any]:
    return source.getlist(name) if hasattr(source, "getlist") else _listed(source.get(name))


def _listed(data: Any) -> list[Any]:
    return list(data) if isinstance(data, list | tuple) else [data] if data else []
