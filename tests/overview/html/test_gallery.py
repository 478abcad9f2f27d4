"""docs/gallery.md shows the pictures there are, and each can be made of the pages as they are."""

import re
import struct

import pytest

from tests.overview.html.gallery import PAGE, PICTURES, SHOTS, pictures

SHOWN = re.findall(r"!\[([^\]]*)\]\(gallery/([\w-]+)\.png\)", PAGE.read_text("utf-8"))


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a picture."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def test_the_page_shows_every_picture_there_is() -> None:
    names = sorted(name for _, name in SHOWN)
    assert names == sorted(SHOTS)
    assert names == sorted(path.stem for path in PICTURES.iterdir())


def test_every_picture_is_described() -> None:
    assert all(len(words) > 30 for words, _ in SHOWN)


@pytest.mark.slow
def test_the_pictures_can_be_made(browser, tmp_path) -> None:
    for name, picture in pictures(browser, tmp_path):
        made, kept = size(picture), size((PICTURES / f"{name}.png").read_bytes())
        shot = SHOTS[name]
        if shot.only is None:
            assert made == kept == (shot.screen.width, shot.screen.height)
        else:
            assert made[0] == kept[0]
