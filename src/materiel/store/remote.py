"""Any SPARQL 1.1 endpoint by its address, for reading."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from functools import cached_property
from http.client import HTTPException
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.errors import MaterielError, QueryError
from materiel.store.labels import Labels
from materiel.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.store.base import Answer

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
_GRAPH_FORMATS = {"application/n-triples": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}


class RemoteStore:
    """A SPARQL 1.1 Protocol client: queries by POST, as the recommendation of 2013 describes."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        """Remember the endpoint.

        Args:
            url: Address of the query endpoint, http or https.
            timeout: Seconds to wait for an answer.
        """
        self.name = url
        self._timeout = timeout

    @cached_property
    def labels(self) -> Labels:
        """The index of names, fetched once."""
        return Labels.build(self.query)

    def query(self, text: str) -> Answer:
        """Send a query.

        Raises:
            QueryError: The endpoint refuses the query.
            MaterielError: The endpoint cannot be reached.
        """
        body = urllib.parse.urlencode({"query": _with_prefixes(text)}).encode()
        request = urllib.request.Request(self.name, body, {"Accept": _ACCEPT})  # noqa: S310 - `open` admits http(s) only
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                return _parsed(response.read(), response.headers.get_content_type())
        except urllib.error.HTTPError as error:
            reason = error.read(2000).decode(errors="replace").strip()
            raise QueryError(f"{self.name} answered {error.code}: {reason}") from None
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"{self.name} gave an answer that cannot be read: {error}") from None
        except (OSError, HTTPException) as error:
            raise MaterielError(
                f"{self.name} cannot be reached: {error}", "Check the address and that the server runs."
            ) from None


def _with_prefixes(text: str) -> str:
    """Declare the known prefixes that the text uses but does not declare."""
    lowered = text.lower()
    missing = [(p, ns) for p, ns in PREFIXES.items() if f"{p}:" in text and f"prefix {p}:" not in lowered]
    return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in missing) + text


def _parsed(data: bytes, media_type: str) -> Answer:
    if media_type in _GRAPH_FORMATS:
        return _triples(data, _GRAPH_FORMATS[media_type])
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        raise QueryError(f"the endpoint answered with {media_type}, which is no SPARQL result")
    return ox.parse_query_results(data, format=form)


def _triples(data: bytes, form: ox.RdfFormat) -> Iterable[ox.Triple]:
    return [quad.triple for quad in ox.parse(data, format=form)]
