"""What of the plan the picture shows and what is chosen in it: the part of a session that graph editing keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["up", "down"]
"""up: to what rests on a component; down: to what it rests on."""

Grouping = Literal["", "operator", "site", "area", "group"]
"""By which attribute boxes are grouped; empty: not at all."""

Question = Literal["", "remove", "above", "below", "connect"]
"""What the person has asked for and is being asked about beside the picture."""

DEEPEST = 4
"""Steps away from the middle, at most."""


@dataclass
class View:
    """The picture's choices. Ids may be stale: who reads them drops what the plan no longer has."""

    centre: str = ""
    """The component whose surroundings are drawn."""
    main: str = ""
    """The chosen component beside which the others were chosen."""
    others: tuple[str, ...] = ()
    """What is chosen beside the session's chosen component."""
    arrow: tuple[str, str] = ("", "")
    """The chosen arrow: who rests on what."""
    up: int = 1
    down: int = 1
    whole: bool = False
    """Whether the whole plan is drawn, rather than what lies around one component."""
    kinds: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    remarked: bool = False
    """Only what has findings."""
    by: Grouping = ""
    folded: frozenset[str] | None = None
    """The groups that are drawn as one box; None until it was decided."""
    opened: frozenset[tuple[str, Way]] = frozenset()
    """Where hidden neighbours were asked for."""
    beside: tuple[str, ...] = ()
    """Components shown too, wherever they stand, such as those just made."""
    wide: bool = False
    """Whether the picture has the page's whole width, with the forms below it."""
    asking: Question = ""
    tabled: tuple[str, ...] = ()
    """What was chosen when the table of all components was drawn."""
    heard: int = 0
    """The number of the last act in the picture that was done."""
    hidden: Mapping[tuple[str, Way], int] = field(default_factory=dict)
    """How many neighbours the last picture left out, by box and direction."""
    drawn: int = 0
    """Boxes in the last picture."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Where the boxes of the last picture stood."""
    places_of: object = None
    """Which picture those places belong to."""

    @property
    def filters(self) -> int:
        """How many filters are set."""
        return sum(map(bool, (self.kinds, self.operators, self.areas, self.remarked)))

    def look_at(self, component: str) -> None:
        """Draw what lies around this component."""
        self.centre, self.whole = component, False
        self.opened, self.beside = frozenset(), ()
