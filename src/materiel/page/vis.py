"""vis-network, read out of the installed pyvis when a page is written; never committed, never fetched."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

VERSION = "9.1.2"
SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


class UnknownVisError(RuntimeError):
    """The installed pyvis ships another vis-network than the one that was reviewed."""


def script_path() -> Path:
    """Return where the installed pyvis keeps vis-network, without importing pyvis."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise UnknownVisError("pyvis is not installed; install it with: pip install 'pyvis>=0.3.2,<0.5'")
    return Path(spec.origin).parent / "templates" / "lib" / f"vis-{VERSION}" / "vis-network.min.js"


@cache
def script() -> str:
    """Return the script after checking that it is, byte for byte, the one that was reviewed."""
    path = script_path()
    if not path.is_file():
        raise UnknownVisError(f"{path} is missing: this pyvis ships no vis-network {VERSION}")
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != SHA256:
        raise UnknownVisError(f"{path} has SHA-256 {found}, expected {SHA256} (vis-network {VERSION})")
    return _as_parsed(_without_map(content.decode("utf-8")))


def _without_map(text: str) -> str:
    """Cut the last comment: it names a file beside the script, which a developer's browser would ask for."""
    return text.partition("\n//# sourceMappingURL=")[0]


def _as_parsed(text: str) -> str:
    """Write line ends as an HTML parser reads them; otherwise the hash in the policy names another text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
