"""What can be drawn of a result, apart from how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from materiel.store.table import Table


@dataclass(frozen=True)
class Bars:
    """One bar a row, with an interval where there is one.

    Attributes:
        labels: What each bar is.
        values: Its length.
        axis: What is measured, with its unit.
        low: Lower ends of the intervals, or empty.
        high: Upper ends.
        dots: Whether to draw points, for a scale that does not begin at zero, such as ranks.
    """

    labels: Sequence[str]
    values: Sequence[float]
    axis: str
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    dots: bool = False


@dataclass(frozen=True)
class Lines:
    """Series over a common axis.

    Attributes:
        series: Points of each series, by its label.
        x_axis: What runs to the right.
        y_axis: What runs up.
        bands: Lower and upper line of a series, by its label.
        step: Whether values hold until the next point.
        marks: Places on the x axis that are named.
    """

    series: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    x_axis: str
    y_axis: str
    bands: Mapping[str, tuple[Sequence[float], Sequence[float]]] = field(default_factory=dict)
    step: bool = False
    marks: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """Weighted links from left to right, for a Sankey diagram.

    Attributes:
        links: (from, to, value).
        unit: What the values are.
    """

    links: Sequence[tuple[str, str, float]]
    unit: str


Chart: TypeAlias = Bars | Lines | Flow


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture that a notebook shows.

    Attributes:
        png: The bytes of a PNG file.
    """

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png


class Drawable(Protocol):
    """What a figure asks of a result."""

    @property
    def title(self) -> str: ...  # noqa: D102 - told by the class

    @property
    def table(self) -> Table: ...  # noqa: D102 - told by the class

    @property
    def definition(self) -> str: ...  # noqa: D102 - told by the class

    @property
    def scope(self) -> str: ...  # noqa: D102 - told by the class

    @property
    def caveats(self) -> tuple[str, ...]: ...  # noqa: D102 - told by the class

    @property
    def chart(self) -> Chart | None: ...  # noqa: D102 - told by the class
