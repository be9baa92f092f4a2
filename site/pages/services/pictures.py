"""Pictures without traces: where a photo was taken, when, and with whose phone stays outside."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# Kinds of pictures that can carry such traces, and how each is written anew.
REWRITTEN: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
}


def without_traces(file: Any) -> "ContentFile[bytes] | None":
    """The same picture the right way up, with its colours and nothing else. None when the kind of
    file carries no traces."""
    file.seek(0)
    picture = Image.open(file)
    how = REWRITTEN.get(picture.format or "")
    if how is None or getattr(picture, "n_frames", 1) > 1:
        file.seek(0)
        return None
    kept = {"icc_profile": picture.info["icc_profile"]} if "icc_profile" in picture.info else {}
    upright = ImageOps.exif_transpose(picture)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P" and (palette := upright.getpalette()):
        bare.putpalette(palette)
    out = BytesIO()
    bare.save(out, picture.format, **how, **kept)
    return ContentFile(out.getvalue(), name=file.name)
