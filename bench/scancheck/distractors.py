"""Things on a page that look like seals and are not, and things that disturb."""

import cv2
import numpy as np
from bench.scancheck import words
from bench.scancheck.desk import Desk
from bench.scancheck.fonts import font
from PIL import Image

RED = (220, 30, 40)


def draw(name: str, desk: Desk) -> None:
    """Draw one distractor somewhere in the body of the page."""
    random, reach = desk.random, desk.mm(desk.random.uniform(8, 20))
    x = random.randint(desk.left + reach, desk.right - reach)
    y = random.randint(int(desk.image.height * 0.25), int(desk.image.height * 0.8))
    _DRAWERS[name](desk, x, y, reach)


def _pie(desk: Desk, x: int, y: int, reach: int) -> None:
    start = 0
    for index, colour in enumerate((RED, (40, 90, 200), (240, 180, 20), (60, 160, 80))):
        end = 360 if index == 3 else start + desk.random.randint(50, 110)
        desk.draw.pieslice([x - reach, y - reach, x + reach, y + reach], start, end, fill=colour)
        start = end


def _bars(desk: Desk, x: int, y: int, reach: int) -> None:
    for index in range(5):
        left, high = x - reach + index * reach // 2, desk.random.uniform(0.2, 1.6) * reach
        desk.draw.rectangle([left, y - high, left + reach // 3, y], fill=RED)


def _logo(desk: Desk, x: int, y: int, reach: int) -> None:
    desk.draw.ellipse([x - reach, y - reach, x + reach, y + reach], fill=RED)
    desk.draw.text((x, y), "创", font=font("hei-bold", reach), fill=(255, 255, 255), anchor="mm")


def _ringlogo(desk: Desk, x: int, y: int, reach: int) -> None:
    colour = desk.random.choice((RED, (30, 70, 170)))
    desk.draw.ellipse([x - reach, y - reach, x + reach, y + reach], outline=colour, width=desk.mm(1))
    desk.draw.text((x, y), "LOGO", font=font("hei-bold", reach // 2), fill=colour, anchor="mm")


def _redtext(desk: Desk, x: int, y: int, reach: int) -> None:
    for line in range(3):
        text = words.sentence(desk.random, 20)
        desk.draw.text(
            (desk.left, y + line * desk.mm(8)), text, font=font(desk.face, desk.high(14)), fill=RED
        )


def _circle(desk: Desk, x: int, y: int, reach: int) -> None:
    """A hand-drawn red loop round a word: not quite closed, not quite round."""
    turns = np.linspace(0, 2 * np.pi * desk.random.uniform(0.9, 1.1), 60)
    wobble = 1 + 0.06 * np.sin(turns * 3 + desk.random.uniform(0, 6)) + 0.03 * turns / 6
    points = np.stack([x + reach * wobble * np.cos(turns), y + 0.75 * reach * wobble * np.sin(turns)], 1)
    desk.draw.line([tuple(point) for point in points], fill=RED, width=desk.mm(0.6), joint="curve")


def _thumbprint(desk: Desk, x: int, y: int, reach: int) -> None:
    for ridge in range(9):
        wide, high = desk.mm(0.7) * ridge, desk.mm(1) * ridge
        start, end = desk.random.randint(0, 60), desk.random.randint(250, 359)
        desk.draw.arc([x - wide, y - high, x + wide, y + high], start, end, fill=RED, width=desk.mm(0.35))


def _stain(desk: Desk, x: int, y: int, reach: int) -> None:
    """A cup's ring in brown."""
    patch = Image.new("L", desk.image.size, 0)
    mask = np.zeros((desk.image.height, desk.image.width), np.uint8)
    cv2.circle(mask, (x, y), int(reach * 1.6), 90, desk.mm(1.5))
    patch = Image.fromarray(cv2.GaussianBlur(mask, (0, 0), desk.mm(0.7)))
    desk.image.paste((150, 100, 60), (0, 0), patch)


def _blackring(desk: Desk, x: int, y: int, reach: int) -> None:
    desk.draw.ellipse([x - reach, y - reach, x + reach, y + reach], outline=desk.ink, width=desk.mm(0.6))
    desk.draw.text((x, y), "图", font=font("hei", reach), fill=desk.ink, anchor="mm")


def _qr(desk: Desk, x: int, y: int, reach: int) -> None:
    cells = np.random.default_rng(desk.order.seed).integers(0, 2, (29, 29)) * 255
    code = Image.fromarray(cells.astype(np.uint8)).resize((2 * reach, 2 * reach), Image.Resampling.NEAREST)
    desk.image.paste(code.convert("RGB"), (x - reach, y - reach))


def _photo(desk: Desk, x: int, y: int, reach: int) -> None:
    blocks = np.random.default_rng(desk.order.seed).integers(0, 256, (6, 8, 3)).astype(np.uint8)
    photo = cv2.resize(blocks, (3 * reach, 2 * reach), interpolation=cv2.INTER_CUBIC)
    desk.image.paste(Image.fromarray(photo), (max(0, x - 3 * reach // 2), y - reach))


def _signature(desk: Desk, x: int, y: int, reach: int) -> None:
    """A scrawl in blue-black ink."""
    steps = np.linspace(0, 12, 90)
    phase = desk.random.uniform(0, 6)
    across = x - reach + 2 * reach * steps / 12 + 0.2 * reach * np.cos(steps * 2.3)
    down = y + 0.4 * reach * np.sin(steps * 1.7 + phase) * np.cos(steps * 0.4)
    points = [tuple(point) for point in np.stack([across, down], 1)]
    desk.draw.line(points, fill=(20, 25, 70), width=desk.mm(0.5), joint="curve")


_DRAWERS = {
    "pie": _pie, "bars": _bars, "logo": _logo, "ringlogo": _ringlogo, "redtext": _redtext, "circle": _circle,
    "thumbprint": _thumbprint, "stain": _stain, "blackring": _blackring, "qr": _qr, "photo": _photo,
    "signature": _signature,
}  # fmt: skip
NAMES = tuple(_DRAWERS)
