"""The command palette's entries: the registry's actions that can be taken where one is."""

from __future__ import annotations

from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from csconsole.i18n import _
from csconsole.tui.actions import Action, KeyMap, Scope, in_scope, shown


def opened() -> CommandPalette:
    """The palette, to be shown."""
    return CommandPalette(placeholder=_("Find a command by name"), id="--command-palette")


class Commands(Provider):
    """Choosing an entry presses its key."""

    async def discover(self) -> Hits:
        for action in self._actions():
            press = partial(self.app.simulate_key, self._key(action))
            yield DiscoveryHit(self._entry(action), press, help=action.help)

    async def search(self, query: str) -> Hits:
        matcher, found = self.matcher(query), False
        for action in self._actions():
            # The English name too, for those who type without an input method.
            score = max(map(matcher.match, (action.label, action.help, action.name)))
            if score > 0:
                found = True
                press = partial(self.app.simulate_key, self._key(action))
                yield Hit(score, self._entry(action), press, help=action.help)
        if not found:
            yield Hit(1.0, _("no such command"), lambda: None)

    def _actions(self) -> list[Action]:
        scope: Scope = self.app.page.SCOPE  # type: ignore[attr-defined]  # the app is always the console
        return [action for each in (scope, Scope.EVERYWHERE) for action in in_scope(each) if action.id != "palette"]

    def _key(self, action: Action) -> str:
        keymap: KeyMap = self.app.keymap  # type: ignore[attr-defined]  # likewise
        return keymap.keys(action)[0]

    def _entry(self, action: Action) -> str:
        return f"{action.label}  {shown(self._key(action))}"
