"""The analyses by name, with their parameters: what `materiel analyse --list` lists."""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from materiel.errors import NotFound, UsageError
from materiel.network.extra import needed
from materiel.network.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from materiel.network.graph import View
    from materiel.network.result import Result

REQUIRED = ""
"""The default of a parameter that has to be given."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis.

    Attributes:
        name: Its name on the command line.
        title: What it tells.
        home: Module and function.
        parameters: Default and meaning by name, in the order in which they can be given.
        joins: Whether it takes the options of `options.Options`.
        example: A command.
    """

    name: str
    title: str
    home: str
    parameters: Mapping[str, tuple[str | int | bool, str]]
    joins: bool
    example: str

    @property
    def function(self) -> Callable[..., Result]:
        """The function, imported when it is needed."""
        module, _, name = self.home.partition(":")
        function: Callable[..., Result] = getattr(import_module(f"materiel.network.{module}"), name)
        return function

    def read(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Return the parameters as Python values.

        Raises:
            UsageError: One is missing, unknown or no number.
        """
        if unknown := set(values) - set(self.parameters):
            known = ", ".join(self.parameters) or "none"
            raise UsageError(f"{self.name} has no parameter {', '.join(sorted(unknown))}", f"Its parameters: {known}.")
        if missing := [n for n, (default, _) in self.parameters.items() if default == REQUIRED and n not in values]:
            raise UsageError(f"{self.name}: {', '.join(missing)} is missing", f"Try: {self.example}")
        return {name: _read(name, value, self.parameters[name][0]) for name, value in values.items()}


def _read(name: str, value: str, like: str | int | bool) -> str | int | bool:
    if isinstance(like, bool):
        if value not in {"true", "false"}:
            raise UsageError(f"{name}: {value!r} is neither true nor false", f"Write {name} true or {name} false.")
        return value == "true"
    if isinstance(like, int):
        if not value.isdigit():
            raise UsageError(f"{name}: {value!r} is no whole number", "Write it in digits, such as 12.")
        return int(value)
    return value


Parameters: TypeAlias = dict[str, tuple[str | int | bool, str]]
_LIMIT: Parameters = {"limit": (25, "rows to show")}
_ALL: tuple[tuple[str, str, str, Parameters, bool, str], ...] = (
    (
        "centrality",
        "Organisations ranked by a measure, with all others beside it",
        "ranking:centrality",
        {"by": ("betweenness", "degree, strength, pagerank, betweenness, closeness, eigenvector, core or clustering"), **_LIMIT, "samples": (0, "sources to estimate betweenness from, in large graphs")},
        True,
        "materiel analyse centrality pagerank",
    ),
    (
        "robust",
        "How firm a ranking is: rank intervals, and what flips on narrower evidence",
        "robustness:robust",
        {
            "by": ("betweenness", "the measure"),
            "limit": (20, "rows to show"),
            "runs": (200, "resamples"),
            "method": ("evidence", "evidence or bootstrap"),
        },
        True,
        "materiel analyse robust betweenness",
    ),
    (
        "brokers",
        "Organisations between unlinked partners, with their role by country or sector",
        "brokerage:brokers",
        {"by": ("country", "country or sector"), **_LIMIT},
        True,
        "materiel analyse brokers sector",
    ),
    ("holes", "Organisations whose partners are little linked (structural holes)", "brokerage:holes", _LIMIT, True, "materiel analyse holes"),
    ("groups", "Groups of organisations, with their stability", "communities:communities", {}, True, "materiel analyse groups"),
    ("cuts", "Organisations and links that alone hold parts together", "ranking:cuts", {}, True, "materiel analyse cuts"),
    ("mixing", "Whether like deals with like: by country, type, number of partners", "ranking:assortativity", {}, True, "materiel analyse mixing"),
    (
        "paths",
        "Shortest paths between two organisations, with the evidence of each step",
        "paths:connections",
        {"one": (REQUIRED, "an organisation"), "other": (REQUIRED, "another"), "k": (3, "paths"), "distance": ("steps", "steps or firm")},
        True,
        "materiel analyse paths rheinmetall baykar",
    ),
    (
        "similar",
        "Organisations whose partners are most like those of one",
        "prediction:similar",
        {"name": (REQUIRED, "an organisation"), "limit": (15, "rows to show")},
        True,
        "materiel analyse similar rheinmetall",
    ),
    (
        "candidates",
        "Unlinked pairs that are most alike: leads for research",
        "prediction:candidates",
        {"score": ("adamic-adar", "adamic-adar, common, jaccard or preferential"), **_LIMIT, "among": ("firms", "firms or all")},
        True,
        "materiel analyse candidates",
    ),
    (
        "prediction",
        "How well such leads did, on links held out by time",
        "prediction:held_out",
        {"since": ("2025", "year, month or day"), "k": (50, "pairs looked at"), "among": ("firms", "firms or all")},
        True,
        "materiel analyse prediction 2025",
    ),
    (
        "time-to",
        "How long deals take from one status to a further one, open ones included",
        "survival:time_to",
        {
            "start": ("announced", "status from which time runs"),
            "goal": ("operational", "status that ends it, or any later one"),
            "by": ("all", "all, kind, country, category or year"),
            "least": (5, "deals in a group at least"),
        },
        False,
        "materiel analyse time-to announced signed kind",
    ),
    (
        "overdue",
        "Deals that got no further for long",
        "overdue:overdue",
        {"start": ("announced", "status"), "goal": ("signed", "status not yet reached"), "days": (365, "for longer than")},
        False,
        "materiel analyse overdue announced operational",
    ),
    ("silent", "Open deals without news for long", "overdue:silent", {"days": (365, "for longer than")}, False, "materiel analyse silent 540"),
    ("transitions", "Steps between statuses, and where deals stand", "overdue:transitions", {}, False, "materiel analyse transitions"),
    (
        "funnel",
        "What came out of a meeting, and how far it got",
        "funnel:funnel",
        {"meeting": (REQUIRED, "a meeting"), "day": ("in its name", "its day"), "window": (21, "days before and after")},
        False,
        "materiel analyse funnel defence-forum-kyiv-2023",
    ),
    (
        "concentration",
        "Concentration of a product category by firm or country, year by year",
        "concentration:concentration",
        {"category": (REQUIRED, "a product category"), "by": ("firm", "firm or country")},
        False,
        "materiel analyse concentration artillery-ammunition",
    ),
    (
        "removal",
        "What loses its last supported path if somebody drops out",
        "dependence:removal",
        {"thing": (REQUIRED, "an organisation, country, site, fund or programme"), "last_only": (True, "only products that lose their last path")},
        False,
        "materiel analyse removal US",
    ),
    (
        "flows",
        "Who pays whom through which deal or instrument, with warnings of double counting",
        "flows:flows",
        {"currency": ("any", "such as EUR"), "payer": ("any", "an organisation")},
        False,
        "materiel analyse flows EUR",
    ),
    (
        "growth",
        "New deals by month or year, and kind or status",
        "timeline:growth",
        {"unit": ("month", "month or year"), "by": ("all", "all, kind or status")},
        False,
        "materiel analyse growth year kind",
    ),
    ("over-time", "The network of organisations year by year", "timeline:over_time", {}, True, "materiel analyse over-time"),
    ("changes", "Months at which the pace of new deals changed", "changes:change_points", {"since": ("2016-01", "first month")}, False, "materiel analyse changes"),
)  # fmt: skip
ANALYSES = {entry[0]: Analysis(*entry) for entry in _ALL}
"""The analyses by name."""


def find(name: str) -> Analysis:
    """Return an analysis.

    Raises:
        NotFound: There is none of that name; near names are suggested.
    """
    if name not in ANALYSES:
        raise NotFound(name, get_close_matches(name, ANALYSES, n=3, cutoff=0.4) or list(ANALYSES))
    return ANALYSES[name]


def run(kg: View, name: str, values: Mapping[str, str] | None = None, **joining: Any) -> Result:
    """Run an analysis.

    Args:
        kg: What to analyse, in its scope.
        name: One of `ANALYSES`.
        values: Its parameters, as text.
        joining: Options of `options.Options` that are not the default.

    Raises:
        NotFound: There is no such analysis, or nothing has a name that was given.
        UsageError: A parameter is missing, unknown or does not fit.
        MaterielError: A library of the extra `analysis` is not installed.
    """
    analysis = find(name)
    given = analysis.read(values or {})
    if joining:
        if not analysis.joins:
            raise UsageError(f"{name} joins no organisations", f"Leave out {', '.join(joining)}.")
        if unknown := set(joining) - {f.name for f in fields(Options)}:
            raise UsageError(f"unknown option {', '.join(unknown)}", f"Use {', '.join(Options.__slots__)}.")
        given["options"] = Options(**joining)
    with needed():
        return analysis.function(kg, **given)
