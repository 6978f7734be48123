"""The READMEs' key tables, from the registry: `python tests/tools/keytable.py update` (or `check`)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from csconsole.core.schedule import Language
from csconsole.i18n import speaking
from csconsole.tui.actions import Scope, in_scope, scope_name, shown

ROOT = Path(__file__).parent.parent.parent
READMES: dict[Language, Path] = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
HEADS: dict[Language, str] = {"en": "| where | key | letter | does |", "zh": "| 在哪里 | 按键 | 字母 | 作用 |"}
_TABLE = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)


def table(language: Language) -> str:
    """The keys of every scope as a Markdown table."""
    with speaking(language):
        lines = [HEADS[language], "|---|---|---|---|"]
        for scope in Scope:
            for action in in_scope(scope):
                keys = " ".join(f"`{shown(key)}`" for key in action.keys)
                lines.append(f"| {scope_name(scope)} | {keys} | `{action.letter}` | {action.label}: {action.help} |")
        return "\n".join(lines) + "\n"


def with_table(text: str, language: Language) -> str:
    return _TABLE.sub(lambda found: found[1] + table(language) + found[2], text)


def main(verb: str) -> int:
    for language, readme in READMES.items():
        text = readme.read_text(encoding="utf-8")
        wanted = with_table(text, language)
        if verb == "update":
            readme.write_text(wanted, encoding="utf-8")
        elif text != wanted:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
