import pytest
from django.db import connection

from tests import make
from zaiti.accounts.models import Organisation
from zaiti.core.folding import fold, having

ONE = [
    "示例智造（深圳）ＡＩ-公司",
    "示例智造(深圳) ai公司",
    "示例 智造（深圳）·Ai—公司",
    "示例智造（深圳)\u3000ａｉ・公司",
]


def in_database(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT zaiti_fold(%s)", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("text", [*ONE, "SZ‑2024–JD−0001", "①Ⅷ㈱", "\u200b\ufeff\u00ad", "ÉÀ", "100% _a\\b'"])
def test_database_and_program_fold_alike(text: str):
    assert in_database(text) == fold(text)


def test_width_case_spaces_dashes_and_dots_make_no_difference():
    assert len({fold(text) for text in ONE}) == 1


@pytest.mark.parametrize(
    "asked", ["智造(深圳)", "智造（深圳）", "AI", "ai公司", "ＡＩ－公司", "智 造", ")ai·公"]
)
@pytest.mark.parametrize("name", ONE)
def test_a_name_is_found_however_it_is_written(name: str, asked: str):
    Organisation.objects.filter(pk=make.organisation().pk).update(name=name)
    assert having(Organisation.objects.all(), [asked], "name").count() == 1


@pytest.mark.parametrize("asked", ["%", "_", "\\", "'", "智造_深圳"])
def test_signs_of_patterns_are_letters_like_others(asked: str):
    make.organisation("示例智造（深圳）公司")
    assert not having(Organisation.objects.all(), [asked], "name").exists()


def test_lists_search_a_column_that_rests_folded_and_follows_its_row():
    unit = make.organisation(name="深圳市ＡＢＣ 示例·科技有限公司")

    def found(word: str) -> list[Organisation]:
        return list(having(Organisation.objects.all(), [word], "words"))

    assert found("abc示例科技") == found(unit.uscc.lower()) == [unit]
    assert found(f"公司{unit.uscc[:3]}") == []  # no word lies across two columns
    Organisation.objects.filter(pk=unit.pk).update(name="示例乙")
    assert (found("科技"), found("示例 乙")) == ([], [unit])
