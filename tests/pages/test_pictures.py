"""A photo from a phone tells where somebody lives. What is uploaded tells nothing but the picture."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images.models import Image

pytestmark = pytest.mark.django_db

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
LATITUDE = 2


def photo(kind: str) -> ImageFile:
    """Taken lying on its side, at a place, with somebody's phone."""
    picture = Picture.new("RGB", (40, 20), "teal")
    exif = picture.getexif()
    exif[MAKER], exif[ORIENTATION] = "Kims telefon", 6
    exif.get_ifd(GPS)[LATITUDE] = (59.0, 18.0, 7.0)
    file = BytesIO()
    picture.save(file, kind, exif=exif)
    return ImageFile(BytesIO(file.getvalue()), name=f"bild.{kind.lower()}")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_uploaded_carries_no_place_and_no_name(kind: str) -> None:
    assert b"Kims telefon" in photo(kind).read()  # the test is known to bite
    image = Image.objects.create(title="Bild", file=photo(kind))
    with image.file.open() as file:
        content = file.read()
    stored = Picture.open(BytesIO(content))
    assert b"Kims telefon" not in content
    assert dict(stored.getexif()) == {}
    assert stored.size == (20, 40)
    assert (image.width, image.height) == (20, 40)
    assert image.file_size in (None, len(content))


def test_a_picture_is_written_anew_only_when_it_is_uploaded() -> None:
    image = Image.objects.create(title="Bild", file=photo("JPEG"))
    name = image.file.name
    with image.file.open() as file:
        before = file.read()
    image = Image.objects.get(pk=image.pk)
    image.title = "En annan titel"
    image.save()
    with image.file.open() as file:
        assert (image.file.name, file.read()) == (name, before)


def test_a_rendition_carries_nothing_either() -> None:
    image = Image.objects.create(title="Bild", file=photo("JPEG"))
    with image.get_rendition("width-10").file.open() as file:
        assert b"Kims telefon" not in file.read()
