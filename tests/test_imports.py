"""The floors of the house: each room imports from below; and nothing heavy is imported before it is needed."""

from __future__ import annotations

import ast
import graphlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "src" / "materiel"

FLOORS = [
    {"vocabulary", "errors", "wording"},
    {"dates", "files", "sparql"},
    {"store"},
    {"policy", "records", "evidence", "questions", "assessment", "validation"},
    {"amounts", "scope", "coverage", "diff", "dossier", "why"},
    {"standing", "brief", "exchange", "network", "page"},
    {"view"},
    {"knowledge_graph"},
    {"cli"},
    {"__main__"},
]
"""The house from the ground up: each room imports only from lower floors, whether at its top, within a function or for types."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
HEAVY = ["rdflib", "networkx", "pandas", "igraph", "pyvis", "numpy", "scipy", "matplotlib", "IPython", "jinja2", "materiel.records.model"]  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports: at its top, within functions, and for types."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "materiel":
            assert not node.level, f"{path}: a relative import"
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from within if node.module == "materiel" else [str(node.module), *within]
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "materiel")


def rooms() -> set[tuple[str, str, str]]:
    """All (room, room it imports from, file)."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for module in imports(path):
            other = module.split(".")[1]
            if room != "__init__" and other not in {room, "__version__"}:
                found.add((room, other, path.name))
    return found


def test_every_room_has_a_floor_and_every_floor_its_rooms() -> None:
    present = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert present - {"__init__"} == FLOOR.keys()


def test_each_room_imports_from_below() -> None:
    wrong = [f"{room} ({file}) imports {other}" for room, other, file in sorted(rooms()) if FLOOR[other] >= FLOOR[room]]
    assert wrong == []


def test_no_imports_go_in_circles() -> None:
    names = {".".join(("materiel", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in PACKAGE.rglob("*.py")}  # fmt: skip
    modules = {name.removesuffix(".__init__"): path for name, path in names.items()}
    after = {name: {m for m in imports(path) if m in modules and not name.startswith(m)} for name, path in modules.items()}  # fmt: skip
    graphlib.TopologicalSorter(after).prepare()  # a CycleError names the circle


def loaded(code: str, *arguments: str) -> list[str]:
    """The heavy modules that are loaded after some code has run."""
    told = f"import json, sys\nsys.argv = ['materiel', *sys.argv[1:]]\n{code}\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", told, *arguments], capture_output=True, check=True, timeout=120)
    names = json.loads(done.stderr.splitlines()[-1])
    return [name for name in names if name in HEAVY]


RUN = """
from materiel.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


@pytest.mark.usefixtures("kg")  # built beforehand
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["ask", "--list"],
        ["ask", "history", "rheinmetall-udi-joint-venture"],
        ["ask", "history", "rheinmetall-udi-joint-venture", "--format", "table"],
        ["query", "SELECT ?x WHERE { ?x a mat:JointVentureCompany } LIMIT 5"],
        ["query", "DESCRIBE id:rheinmetall", "--format", "jsonld"],
        ["show", "rheinmetall", "--format", "json"],
        ["search", "рейнметал"],
        ["export", "rheinmetall"],
        ["build"],
    ],
    ids=" ".join,
)
def test_commands_that_read_load_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(RUN, *arguments) == []


def test_help_does_not_even_load_pydantic_or_the_engine() -> None:
    code = RUN + "assert not {'pydantic', 'pyoxigraph', 'sqlite3'} & set(sys.modules), sorted(sys.modules)"
    assert loaded(code, "--help") == []


def test_importing_the_package_loads_nothing_of_others() -> None:
    code = (
        "import materiel; assert not [m for m in sys.modules if m.split('.')[0] in ('pyoxigraph', 'pydantic', 'typer')]"
    )
    assert loaded(code) == []


def test_opening_and_asking_from_python_loads_nothing_heavy() -> None:
    code = "import materiel; kg = materiel.open(); kg.ask('joint-ventures'); kg['rheinmetall'].to_text(); kg.scope(as_of='2022')"  # fmt: skip
    assert loaded(code) == []


def test_the_heavy_ones_are_seen_when_they_are_needed() -> None:
    assert "rdflib" in loaded("import materiel; materiel.open().rdf")
    assert "networkx" in loaded("import materiel; materiel.open().network()")
