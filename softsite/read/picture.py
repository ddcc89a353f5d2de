"""Picture: what an SVG file may not hold, since a browser that opens it runs what is in it; and its size."""

import re
from xml.parsers import expat

_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"}
)
_ADDRESS = frozenset({"href", "src", "xlink:href", "from", "to", "values", "by"})
_OUTSIDE = re.compile(r"^\s*(?!#|data:image/(?:png|jpe?g|gif|webp);)\S", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(?:px)?")
_CSS_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression\(|javascript:", re.IGNORECASE)


class _Unsafe(Exception):
    """Why an SVG is refused."""


def svg_fault(data: bytes) -> str:
    """Why an SVG may not be published; empty when it may."""
    parser = expat.ParserCreate()
    names: set[str] = set()

    def begin(name: str, attributes: dict[str, str]) -> None:
        names.add(name.rpartition(":")[2].lower())
        _check_element(name, attributes)

    parser.StartElementHandler = begin
    parser.EntityDeclHandler = _refuse_entity
    parser.ProcessingInstructionHandler = _refuse_instruction
    styles: list[str] = []
    parser.CharacterDataHandler = styles.append
    try:
        parser.Parse(data, True)
    except _Unsafe as found:
        return str(found)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return str(error)
    return "url()" if _CSS_OUTSIDE.search("".join(styles)) and "style" in names else ""


def svg_size(data: bytes) -> tuple[int, int]:
    """Width and height of an SVG that has no fault, in CSS pixels; (0, 0) when it does not say."""
    parser = expat.ParserCreate()
    root: list[dict[str, str]] = []
    parser.StartElementHandler = lambda _, attributes: None if root else root.append(attributes)
    parser.Parse(data, True)
    box = [_length(each) for each in root[0].get("viewBox", "").replace(",", " ").split()]
    width, height = _length(root[0].get("width", "")), _length(root[0].get("height", ""))
    if not (width and height) and len(box) == 4:
        width, height = box[2:]
    return (max(1, round(width)), max(1, round(height))) if width and height else (0, 0)


def _length(written: str) -> float:
    """A length in pixels; 0 for one in another unit."""
    match = _LENGTH.fullmatch(written.strip())
    return float(match[1]) if match else 0


def _check_element(name: str, attributes: dict[str, str]) -> None:
    bare = name.rpartition(":")[2].lower()
    if bare in _FORBIDDEN:
        raise _Unsafe(f"<{name}>")
    for attribute, value in attributes.items():
        plain = attribute.lower()
        if plain.startswith("on"):
            raise _Unsafe(attribute)
        if plain in ("href", "src", "xlink:href") and bare != "a" and _OUTSIDE.match(value):
            raise _Unsafe(f"{attribute}={value}")
        if plain in _ADDRESS and "script:" in "".join(value.lower().split()):
            raise _Unsafe(f"{attribute}={value}")
        if _CSS_OUTSIDE.search(value):
            raise _Unsafe(f"{attribute}={value}")


def _refuse_entity(*declared: object) -> None:
    raise _Unsafe("<!ENTITY>")


def _refuse_instruction(target: str, data: str) -> None:
    raise _Unsafe(f"<?{target}?>")
