"""Workers that are started instead of forked, as on Windows, give the same bytes."""

from pathlib import Path

import pytest

from softsite import work
from tests.bulletins import some
from tests.support import article, make_site


def test_started_workers_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"content/policy/{n}.md": article(f"第{n}篇", body=f"正文{n}。") for n in range(60)} | some()
    forked = make_site(tmp_path / "forked", files)
    assert forked.build(jobs=2).good
    monkeypatch.setattr(work, "START", "spawn")
    started = make_site(tmp_path / "started", files)
    assert started.build(jobs=2).good
    assert started.output() == forked.output()
