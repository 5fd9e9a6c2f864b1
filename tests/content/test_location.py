from __future__ import annotations

from pathlib import Path

import pytest

from bcp.content import location
from bcp.errors import BcpError, NotFoundError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder of one's own, named by the environment."""
    for name in ("scenarios/library/b.yaml", "scenarios/library/a.yaml", "scenarios/organisations/x.yml",
                 "scenarios/library/README.md", "reports/bcp/en.md", "secret.yaml"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "reports" / "empty").mkdir()
    monkeypatch.setenv(location.OVERRIDE, str(tmp_path))
    return tmp_path


def test_content_of_ones_own_comes_first(folder: Path) -> None:
    """The folder that the environment names is used, its YAML files by name."""
    assert location.content_folder() == folder
    assert [path.name for path in location.library_files()] == ["a.yaml", "b.yaml"]
    assert [path.name for path in location.organisation_files()] == ["x.yml"]
    assert location.report_names() == ("bcp",)


@pytest.mark.parametrize("name", ["..", "../..", "empty", "nothing", "", "/", "bcp/..", "."])
def test_only_a_document_leads_to_a_folder(folder: Path, name: str) -> None:
    """A name from outside is compared with the documents, never followed as a path."""
    assert location.report_folder("bcp") == folder / "reports" / "bcp"
    with pytest.raises(NotFoundError):
        location.report_folder(name)


def test_an_override_without_scenarios_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong folder in the environment is named with what to do."""
    monkeypatch.setenv(location.OVERRIDE, str(tmp_path))
    with pytest.raises(BcpError, match="BCP_CONTENT names"):
        location.library_files()


def test_the_shipped_content_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an override the content is that of the package or of the source tree beside it."""
    monkeypatch.delenv(location.OVERRIDE, raising=False)
    assert (location.content_folder() / "scenarios").is_dir()
    assert location.app_file().name == "app.py"
