"""Libraries of the extra `analysis`, which not every installation has."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from materiel.errors import MaterielError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def needed() -> Iterator[None]:
    """Turn a missing library into an error that says how to get it.

    Raises:
        MaterielError: A library is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        remedy = "Install it with the others: pip install 'materiel[analysis]'"
        raise MaterielError(f"{error.name} is not installed", remedy) from None
