"""`dataclass`, made in half the time: the values of a day are a hundred classes, and every start makes them.

The standard decorator compiles the source text of six methods for each. Comparing, hashing and showing differ between
classes by the names of the fields alone, and need none.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, **options: bool):
        """`dataclasses.dataclass` for what is equal where its fields are, and has no order."""

        def made(cls: type[T]) -> type[T]:
            cls.__doc__ = cls.__doc__ or cls.__name__  # else its signature would be worked out for one
            made = dataclasses.dataclass(eq=False, repr=False, frozen=frozen, **options)(cls)
            methods = _methods(dataclasses.fields(made)) | ({} if frozen else {"__hash__": None})
            for name in methods.keys() - vars(cls).keys():
                setattr(made, name, methods[name])
            return made

        return made


def _methods(fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Any]:
    """What does not depend on anything but the fields: as the standard decorator has it."""
    compared = [field.name for field in fields if field.compare]
    shown = [field.name for field in fields if field.repr]
    # Of one name alone it would get a bare value, of none nothing at all.
    values: Any = attrgetter(*compared) if len(compared) > 1 else lambda self: tuple(getattr(self, n) for n in compared)

    def __eq__(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(values(self))

    def __repr__(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return {"__eq__": __eq__, "__hash__": __hash__, "__repr__": __repr__}
