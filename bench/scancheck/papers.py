"""Clean pages with ground truth: letters, forms, tables, rosters, title pages, certificates."""

from dataclasses import replace

import numpy as np
from bench.scancheck import distractors, words
from bench.scancheck.desk import Desk, Order, Pixels, Truth
from bench.scancheck.fonts import HEADINGS, font
from bench.scancheck.seals import Stamp, invented, press

NUMBER_FORMS = (
    "- {n} -", "— {n} —", "－{n}－", "第{n}页", "第 {n} 页 共 {t} 页", "第{n}页/共{t}页", "第{n}页，共{t}页",
    "{n}/{t}", "{n} / {t}", "{n}", "Page {n} of {t}", "·{n}·",
)  # fmt: skip
LAYOUTS = ("letter", "letter", "table", "form", "sparse", "title", "roster", "short", "columns")


def page(order: Order) -> tuple[Pixels, Truth]:
    """Set one page; RGB pixels and what is on it."""
    desk = Desk(order)
    random = desk.random
    layout = order.layout or random.choice(LAYOUTS)
    desk.truth.layout = layout
    if order.redhead if order.redhead is not None else random.random() < 0.1:
        _redhead(desk)
    if layout in ("title", "sparse", "form", "short") or random.random() < 0.35:
        _title(desk)
    _BODIES[layout](desk)
    _number(desk)
    distractor = order.distractor
    if distractor == "":
        distractor = random.choice(distractors.NAMES) if random.random() < 0.3 else None
    if distractor:
        desk.truth.distractor = distractor
        distractors.draw(distractor, desk)
    pixels = np.array(desk.image)
    _seal(desk, pixels)
    return pixels, desk.truth


def _redhead(desk: Desk) -> None:
    """The red letterhead of an official paper: a name and a rule."""
    red, middle = (210, 20, 30), desk.image.width / 2
    face = font("song-bold", desk.high(28))
    desk.draw.text(
        (middle, desk.y + desk.mm(6)), desk.truth.name[:10] + "文件", font=face, fill=red, anchor="mm"
    )
    desk.y += desk.mm(16)
    desk.draw.rectangle([desk.left, desk.y, desk.right, desk.y + desk.mm(0.6)], fill=red)
    desk.y += desk.mm(6)


def _title(desk: Desk) -> None:
    desk.truth.title = desk.random.choice(words.TITLES)
    if desk.truth.layout == "title":
        desk.y += desk.mm(desk.random.uniform(20, 70))
    points = desk.random.choice((18, 22, 26))
    face = desk.random.choice(HEADINGS)
    desk.line(desk.image.width / 2, desk.y + desk.mm(5), desk.truth.title, points, face, "mm")
    desk.y += desk.mm(16)


def _paragraphs(desk: Desk, most: int, left: int | None = None, right: int | None = None) -> None:
    random, left, right = desk.random, left or desk.left, right or desk.right
    step, high = desk.high(desk.points) * random.uniform(1.35, 1.9), desk.high(desk.points)
    per = int((right - left) / high)
    for _ in range(most):
        if desk.y + step > desk.floor:
            return
        indent = 2 if random.random() < 0.3 else 0
        length = per - indent if random.random() < 0.75 else random.randint(3, per - indent)
        desk.line(left + indent * high, desk.y, words.sentence(random, length), desk.points)
        desk.y += int(step)


def _letter(desk: Desk) -> None:
    _paragraphs(desk, 60)


def _short(desk: Desk) -> None:
    _paragraphs(desk, desk.random.randint(8, 15))


def _sparse(desk: Desk) -> None:
    _paragraphs(desk, desk.random.randint(2, 5))


def _columns(desk: Desk) -> None:
    gutter, top = desk.mm(8), desk.y
    middle = (desk.left + desk.right) // 2
    desk.points = 10.5
    _paragraphs(desk, 60, desk.left, middle - gutter // 2)
    desk.y = top
    _paragraphs(desk, 60, middle + gutter // 2, desk.right)


def _titlepage(desk: Desk) -> None:
    """A cover: a title, and at its foot the unit and a date."""
    desk.y = desk.mm(desk.random.uniform(190, 230))
    desk.line(desk.image.width / 2, desk.y, "申报单位：" + desk.truth.name, 16, anchor="ma")
    desk.line(
        desk.image.width / 2, desk.y + desk.mm(12), f"2025年{desk.random.randint(1, 12)}月", 16, anchor="ma"
    )


def _grid(desk: Desk, rows: int, columns: int, step: int) -> None:
    weight, right = max(1, desk.mm(0.25)), desk.right
    for row in range(rows + 1):
        y = desk.y + row * step
        desk.draw.line([desk.left, y, right, y], fill=desk.ink, width=weight)
    for column in range(columns + 1):
        x = desk.left + (right - desk.left) * column / columns
        desk.draw.line([x, desk.y, x, desk.y + rows * step], fill=desk.ink, width=weight)


def _cells(desk: Desk, rows: int, columns: int, step: int) -> None:
    random, cell = desk.random, (desk.right - desk.left) / columns
    most = max(1, int(cell / desk.high(10.5)) - 1)
    for row in range(rows):
        for column in range(columns):
            if random.random() < 0.12:
                continue
            text = words.sentence(random, random.randint(1, most)).rstrip("，。；、") or "无"
            if random.random() < 0.3:
                text = str(random.randint(1, 10 ** min(5, most)))
            x, y = desk.left + cell * column + desk.mm(1.2), desk.y + step * (row + 0.5)
            desk.line(x, y, text, 10.5, anchor="lm")


def _table(desk: Desk) -> None:
    rows, columns = desk.random.randint(8, 22), desk.random.randint(3, 6)
    step = int((desk.floor - desk.y) * desk.random.uniform(0.6, 1.0) / rows)
    _grid(desk, rows, columns, step)
    _cells(desk, rows, columns, step)
    desk.y += rows * step


FORM_FIELDS = (
    "单位名称",
    "统一社会信用代码",
    "法定代表人",
    "联系电话",
    "注册地址",
    "经办人",
    "申报类型",
    "培训人数",
    "填表日期",
)


def _form(desk: Desk) -> None:
    """A form with printed labels and filled-in answers."""
    step, middle = desk.mm(desk.random.uniform(9, 13)), desk.left + (desk.right - desk.left) // 4
    desk.truth.uscc = words.uscc(desk.random)
    _grid(desk, len(FORM_FIELDS), 1, step)
    desk.draw.line([middle, desk.y, middle, desk.y + step * len(FORM_FIELDS)], fill=desk.ink, width=2)
    for row, label in enumerate(FORM_FIELDS):
        y = desk.y + step * (row + 0.5)
        desk.line(desk.left + desk.mm(1.5), y, label, 12, anchor="lm")
        answer = {0: desk.truth.name, 1: desk.truth.uscc}.get(row)
        desk.line(middle + desk.mm(2), y, answer or words.sentence(desk.random, 9), 12, anchor="lm")
    desk.y += step * len(FORM_FIELDS) + desk.mm(8)
    _paragraphs(desk, desk.random.randint(2, 10))


def _roster(desk: Desk) -> None:
    """A dense list: the same few columns on every row."""
    rows, step = 30, int((desk.floor - desk.y) / 31)
    _grid(desk, rows, 5, step)
    cell = (desk.right - desk.left) / 5
    for row in range(rows):
        date = f"2024-{desk.random.randint(1, 12):02}-{desk.random.randint(1, 28):02}"
        texts = (
            str(row + 1),
            desk.random.choice(words.PEOPLE),
            date,
            str(desk.random.randint(8, 80)),
            "合格",
        )
        for column, text in enumerate(texts):
            desk.line(desk.left + cell * (column + 0.5), desk.y + step * (row + 0.5), text, 10.5, anchor="mm")
    desk.y += rows * step


_BODIES = {
    "letter": _letter, "short": _short, "sparse": _sparse, "columns": _columns, "title": _titlepage,
    "table": _table, "form": _form, "roster": _roster,
}  # fmt: skip


def _number(desk: Desk) -> None:
    order, random = desk.order, desk.random
    if order.number is None:
        return
    form = order.number_form or random.choice(NUMBER_FORMS)
    place = order.number_place or random.choice(("centre", "centre", "outer", "right", "head"))
    number, total = order.number
    text = form.format(n=number, t=total)
    high = desk.image.height
    y = desk.mm(random.uniform(10, 16)) if place == "head" else high - desk.mm(random.uniform(11, 20))
    right = place == "right" or (place == "outer" and number % 2 == 1)
    left = place == "outer" and not right
    x, anchor = (desk.right, "rm") if right else (desk.left, "lm") if left else (desk.image.width / 2, "mm")
    points = random.choice((9, 10.5, 12, 14))
    desk.draw.text((x, y), text, font=font(desk.face, desk.high(points)), fill=desk.ink, anchor=anchor)
    desk.truth.number = (number, total if "{t}" in form else None)


def _seal(desk: Desk, pixels: Pixels) -> None:
    random, order = desk.random, desk.order
    shapes = order.seals
    if shapes is None:
        shapes = random.choice(((), (), ("round",), ("round",), ("oval",), ("square",), ("round", "square")))
    for shape in shapes:
        stamp = invented(random, shape, desk.truth.name, **order.stamp)
        x, y = _place(desk, stamp)
        box = press(random, pixels, stamp, x, y, order.dpi)
        if box:
            desk.truth.seals.append((stamp, box))


def _place(desk: Desk, stamp: Stamp) -> tuple[float, float]:
    """Where a stamp's middle falls: freely, or cut by the right edge (骑缝章)."""
    random, half = desk.random, desk.mm(stamp.width_mm / 2)
    wide, high = desk.image.size
    y = random.uniform(high * 0.2, high - half * 1.1)
    if desk.order.spot == "edge":
        return wide + half * random.uniform(-0.45, 0.35), y
    return random.uniform(half * 1.1, wide - half * 1.1), y


def blank_like(order: Order) -> tuple[Pixels, Truth]:
    """An empty page of the same paper."""
    desk = Desk(replace(order, layout="short"))
    desk.truth.layout = "blank"
    return np.array(desk.image), desk.truth
