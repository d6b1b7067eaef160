"""Coverage: what was read and what was searched, so that an empty answer says what it rests on."""

from materiel.coverage.reading import Coverage, coverage, newest
from materiel.coverage.searches import Search, searches, write
from materiel.coverage.silence import nothing_found

__all__ = ["Coverage", "Search", "coverage", "newest", "nothing_found", "searches", "write"]
