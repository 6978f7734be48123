"""The command palette's entries: the registry's actions that can be taken where one is."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from csconsole.tui.actions import Action, KeyMap, Scope, in_scope, shown


class Commands(Provider):
    """Choosing an entry presses its key."""

    async def discover(self) -> Hits:
        for action in self._actions():
            press = partial(self.app.simulate_key, self._key(action))
            yield DiscoveryHit(self._entry(action), press, help=action.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action in self._actions():
            score = max(matcher.match(action.label), matcher.match(action.help))
            if score > 0:
                press = partial(self.app.simulate_key, self._key(action))
                yield Hit(score, self._entry(action), press, help=action.help)

    def _actions(self) -> list[Action]:
        scope: Scope = self.app.page.SCOPE  # type: ignore[attr-defined]  # the app is always the console
        return [action for each in (scope, Scope.EVERYWHERE) for action in in_scope(each) if action.id != "palette"]

    def _key(self, action: Action) -> str:
        keymap: KeyMap = self.app.keymap  # type: ignore[attr-defined]  # likewise
        return keymap.keys(action)[0]

    def _entry(self, action: Action) -> str:
        return f"{action.label}  {shown(self._key(action))}"
