"""Excerpt: the first words of an article, cut where a reader would pause."""

PAUSES = "。！？；，、"
ELLIPSIS = "…"
LENGTH = 68
_PAIRS = {"》": "《", "”": "“", "’": "‘", "）": "（", "】": "【"}


def excerpt(text: str, limit: int = LENGTH) -> str:
    """The first words of `text`, at most `limit` characters, ending at a pause, never inside 《》 or “”."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - len(ELLIPSIS)]
    cut = _last_pause(head)
    return head[: _outside_pairs(head[:cut])] + ELLIPSIS


def _last_pause(head: str) -> int:
    """Where to cut: before the last pause, unless that would lose half of `head`."""
    pause = max(head.rfind(mark) for mark in PAUSES)
    return pause if pause > len(head) // 2 else len(head)


def _outside_pairs(head: str) -> int:
    """The end of `head`, or where its last open bracket begins if a third would still remain."""
    opened: list[int] = []
    for position, sign in enumerate(head):
        if sign in _PAIRS.values():
            opened.append(position)
        elif sign in _PAIRS and opened and head[opened[-1]] == _PAIRS[sign]:
            opened.pop()
    return opened[0] if opened and opened[0] > len(head) // 3 else len(head)
