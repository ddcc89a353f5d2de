"""Names: the words of a text that are not converted like others, and what is shown for each."""

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from softsite.text.editions import Names
from softsite.text.words import HAN, words

# A form may not hold what means something to HTML or JSON, into which it is put as it stands.
MARKUP = frozenset("<>&\"'\\\ufdd0\ufdd1\ufdd2\ufdd3")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
_PARTED = re.compile(r"[\s,，、;；:：/／|｜]+|(?:本报|本网|特约|实习)?(?:记者|通讯员|記者|通訊員)")
_PERSON = re.compile(f"[{HAN}]{{2,4}}|[{HAN}]+(?:·[{HAN}]+)+")
_ROLES = frozenset(
    "摄影 摄像 编辑 责任编辑 责编 校对 图文 文图 供稿 作者 来源 整理 审核 终审 监制 攝影 攝像 編輯 責任編輯 責編 校對 圖文 審核 終審 監製".split()
)


def persons(text: str) -> tuple[str, ...]:
    """The persons that a field names: “记者 于建国、范志刚（摄影）” has two; what cannot be a name is left out."""
    parts = _PARTED.split(_ASIDE.sub(" ", text))
    return tuple(dict.fromkeys(part for part in parts if _PERSON.fullmatch(part) and part not in _ROLES))


def shown(
    names: Names,
    alone: Callable[[str], str],
    whole: Callable[[str, dict[str, str]], str],
    kept: dict[str, str],
) -> dict[str, str]:
    """What stands for each name in the other script.

    `alone` converts a character, `whole` an organisation, given how persons are shown; `kept` are
    characters that have a form of their own in names.
    """
    forms = {name: _person(name, alone, kept) for name in names.persons if len(name) > 1}
    forms |= {name: whole(name, forms) for name in names.organisations if len(name) > 1 and name not in forms}
    forms |= {word: word for word in names.keep} | dict(names.words)
    return {word: form for word, form in forms.items() if not word.isascii()}


def finder(forms: Iterable[str], people: Iterable[str]) -> "re.Pattern[str] | None":
    """Finds the longest of these words; a short name of one of the `people` only where a name may begin.

    One alternation, in which words that begin alike share their beginning: the time hardly depends on how
    many there are.
    """
    surnames = words().surnames
    doubtful = surnames.kept | {each[0] for each in surnames.surnames}
    short = {name for name in people if len(name) == 2 and name[0] in doubtful}
    tree: dict[str, Any] = {}
    for word in forms:
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = surnames.begins if word in short else ""
    return re.compile(_alternatives(tree)) if tree else None


def _person(name: str, alone: Callable[[str], str], kept: dict[str, str]) -> str:
    """A person: each character as it is when it stands alone, but those that are names of their own."""
    surname = next((each for each in words().surnames.surnames if name.startswith(each)), "")
    return surname + "".join(kept.get(sign) or alone(sign) for sign in name[len(surname) :])


def _alternatives(node: dict[str, Any]) -> str:
    """The pattern of what may follow; longer words come first."""
    longer = [re.escape(sign) + _alternatives(below) for sign, below in sorted(node.items()) if sign]
    if not longer:
        return str(node[""])
    found = list(chain(longer, [node[""]] if "" in node else []))
    return f"(?:{'|'.join(found)})" if len(found) > 1 else found[0]
