"""Visibility: the one gate between what editors wrote and what readers get."""

from enum import StrEnum

from softsite.read.document import Document


class State(StrEnum):
    """Why a document is to be seen, or not."""

    VISIBLE = "visible"
    DRAFT = "draft"
    WAITING = "waiting"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


STATE_ZH = {
    State.VISIBLE: "已发布",
    State.DRAFT: "草稿",
    State.WAITING: "未到发布时间",
    State.EXPIRED: "已下线",
    State.WITHDRAWN: "已撤稿",
}


def state(document: Document, now: int, drafts: bool) -> State:
    """What a document is at the moment `now` (seconds since 1970); `drafts`: a preview shows drafts too.

    Nothing is visible before its own date: a page dated 2099 waits until 2099. A
    withdrawal counts at once, whatever its date.
    """
    if document.draft and not drafts:
        return State.DRAFT
    if now < _since(document):
        return State.WAITING
    if document.expires is not None and now >= document.expires.epoch:
        return State.EXPIRED
    return State.WITHDRAWN if document.withdrawn is not None else State.VISIBLE


def is_special(document: Document, now: int) -> bool:
    """Whether a visible document stands in 特别关注 at the moment `now`."""
    pick = document.special
    if pick is None or (pick.since is not None and now < pick.since.epoch):
        return False
    return pick.until is None or now < pick.until.epoch


def changes(document: Document) -> tuple[int, ...]:
    """The moments at which the answers above change for a document."""
    if document.publish is None and document.expires is None and document.special is None:
        return (_since(document),)
    moments = [document.expires]
    if document.special is not None:
        moments += [document.special.since, document.special.until]
    return (_since(document), *(moment.epoch for moment in moments if moment is not None))


def _since(document: Document) -> int:
    """From when a document may be seen."""
    date = document.date.epoch if document.date is not None else 0
    return max(date, document.publish.epoch) if document.publish is not None else date
