"""Sentences in Chinese and English: each check's own, learnt as it is loaded."""

from collections.abc import Mapping

Sentence = tuple[str, str]
_SENTENCES: dict[str, Sentence] = {}
_TERMS: dict[str, Mapping[str, Sentence]] = {}


def learn(sentences: Mapping[str, Sentence], terms: Mapping[str, Mapping[str, Sentence]]) -> None:
    """Know a check's sentences by their codes, and the words for what facts in them name."""
    _SENTENCES.update(sentences)
    _TERMS.update(terms)


def known(code: str) -> bool:
    """Whether there is a sentence for a code."""
    return code in _SENTENCES


def say(code: str, lang: str, **facts: object) -> str:
    """Fill in one sentence."""
    english = lang.startswith("en")
    told = {name: _named(name, value, english) for name, value in facts.items()}
    return _SENTENCES[code][english].format(**told)


def _named(name: str, value: object, english: bool) -> object:
    """A fact as people say it: each of its parts that has words of its own."""
    if name not in _TERMS:
        return value
    parts = [_TERMS[name][part][english] for part in str(value).split(",")]
    return ", ".join(parts) if english else "、".join(parts)
