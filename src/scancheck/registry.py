"""All checks there are: those in `checks`, one a file, and those of modules named as plugins."""

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Any

from scancheck import checks, words
from scancheck.check import Check, Look
from scancheck.profile import Profile

Plugins = tuple[str, ...]


class NoCheck(Exception):  # noqa: N818 (it names what a module is)
    """A module named as a plugin can't be had, or holds no check of its own."""


@cache
def registered(plugins: Plugins = ()) -> tuple[Check, ...]:
    """Every check, by name, those of the modules named `plugins` among them; their words are learnt."""
    own = [f"{checks.__name__}.{module.name}" for module in pkgutil.iter_modules(checks.__path__)]
    found: dict[str, Check] = {}
    for module in (*own, *plugins):
        check = _held(module)
        taken = check.name in found or any(check.words.keys() & each.words.keys() for each in found.values())
        if taken:
            raise NoCheck(f"{module}: another check has its name or one of its codes")
        found[check.name] = check
        words.learn(check.words, check.terms)
    return tuple(found[name] for name in sorted(found))


def _held(module: str) -> Check:
    try:
        check = getattr(import_module(module), "CHECK", None)
    except ImportError as error:
        raise NoCheck(f"{module}: {error}") from error
    if not isinstance(check, Check):
        raise NoCheck(f"{module} has no CHECK")
    return check


@cache
def on_pages(plugins: Plugins = ()) -> tuple[tuple[Check, Look], ...]:
    """The checks that look at pages and how they do, each after those that it waits for."""
    by_name = {check.name: (check, check.page) for check in registered(plugins) if check.page}
    order = TopologicalSorter({name: check.after for name, (check, _) in by_name.items()}).static_order()
    return tuple(by_name[name] for name in order)


def packed(profile: Profile) -> dict[str, Any]:
    """A profile as JSON, thresholds by their check."""
    given = {
        check.name: asdict(bounds)
        for check in registered(profile.plugins)
        for bounds in profile.bounds
        if isinstance(bounds, check.bounds or ())
    }
    return {each.name: getattr(profile, each.name) for each in fields(profile)} | {"bounds": given}


def unpacked(settings: Mapping[str, Any]) -> Profile:
    """Back from `packed`."""
    profile = Profile(**{**settings, "bounds": (), "plugins": tuple(settings["plugins"])})
    kinds = {check.name: check.bounds for check in registered(profile.plugins) if check.bounds}
    given = (kinds[name](**bounds) for name, bounds in settings["bounds"].items())
    return replace(profile, bounds=tuple(given))


def codes(found: Iterable[Check]) -> list[str]:
    """The codes of their findings."""
    return [code for check in found for code in check.words]


registered()
