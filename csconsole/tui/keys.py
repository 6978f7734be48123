"""The registry's actions as Textual bindings, and the keys a user's own map gives them."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from csconsole.tui.actions import Scope, in_scope, key_forms


def bindings(scope: Scope) -> list[BindingType]:
    """The bindings of a scope. Quitting goes first, whatever else would take the key."""
    return [
        Binding(
            key_forms((*action.keys, action.letter)),
            action.id,
            action.name,
            show=False,
            priority=action.id == "quit",
            id=action.binding_id,
        )
        for action in in_scope(scope)
    ]
