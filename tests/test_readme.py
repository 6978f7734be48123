"""The READMEs say what is so: their keys are the registry's, their commands the ones that run."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from csconsole.cli.parser import parse

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("keytable", ROOT / "tests" / "tools" / "keytable.py")
assert _spec is not None
assert _spec.loader is not None
keytable = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(keytable)


def test_the_key_tables_come_from_the_registry() -> None:
    for language, readme in keytable.READMES.items():
        text = readme.read_text(encoding="utf-8")
        assert "| `F2` `+` | `l` |" in text
        assert keytable.with_table(text, language) == text, "python tests/tools/keytable.py update"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_commands_shown_are_commands(readme: str) -> None:
    import shlex

    text = (ROOT / readme).read_text(encoding="utf-8")
    lines = re.findall(r"^csconsole (.+)$", text, re.MULTILINE)
    assert len(lines) >= 8
    for line in lines:
        parse(shlex.split(line, comments=True))


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_what_is_linked_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (ROOT / target).is_file(), target
