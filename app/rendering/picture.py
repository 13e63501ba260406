"""A seller's logo: decoded from bytes, upright, in RGB, and no larger than paper can show."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from app.domain.errors import InvalidInput

_MAX_PIXELS: Final = 20_000_000
# 600 dots per inch of the largest box that a template gives a logo.
_PRINTED: Final = (1700, 520)
_FIELD: Final = ("branding", "logo")


def picture(content: bytes) -> Image.Image:
    """The picture in RGB or RGBA. Raises InvalidInput for bytes that are no PNG or JPEG, or have too many pixels."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                raise InvalidInput(f"the logo may have {_MAX_PIXELS} pixels at most", field=_FIELD)
            upright = ImageOps.exif_transpose(opened)
            transparent = "A" in upright.getbands() or "transparency" in upright.info
            if upright.mode.startswith("I"):
                # 16-bit greys would be cut off at white rather than scaled.
                upright = upright.point(lambda grey: grey * (1 / 256), "L")
            # PDF/A knows no CMYK without a profile, and palettes with transparency come out wrong.
            found = upright.convert("RGBA" if transparent else "RGB")
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        raise InvalidInput("the logo is not a readable PNG or JPEG image", field=_FIELD) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidInput(f"the logo may have {_MAX_PIXELS} pixels at most", field=_FIELD) from None
    found.thumbnail(_PRINTED, Image.Resampling.LANCZOS)
    return found
