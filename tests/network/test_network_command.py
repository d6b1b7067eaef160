"""`materiel analyse` as a process."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_for_programs_and_notes_for_readers(materiel: Any, tmp_path: Path) -> None:
    picture = tmp_path / "x.svg"
    told = materiel("analyse", "mixing", "--format", "json", "--weight", "origin", "--without-beneficiaries")
    assert told.code == 0, told.stderr
    answer = json.loads(told.stdout)
    assert {"title", "scope", "definition", "formula", "caveats", "rows"} == set(answer)
    drawn = materiel(
        "analyse", "concentration", "artillery-ammunition", "country", "-f", "md", "--figure", str(picture)
    )
    assert drawn.code == 0, drawn.stderr
    assert "- Caveat: Deals are counted" in drawn.stdout
    assert "\nSources\n[1] " in drawn.stdout
    assert picture.read_bytes().startswith(b"<?xml")
    assert str(picture) in drawn.stderr


def test_a_scope_narrows_the_answer_and_is_told(materiel: Any) -> None:
    told = materiel("analyse", "growth", "--unit", "year", "-f", "csv", "--as-of", "2023")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert rows[-1]["year"] == "2023"
    assert "as of 2023" in told.stderr


def test_the_list_and_the_help_of_one(materiel: Any) -> None:
    listed = materiel("analyse", "--list", "-f", "tsv")
    assert "materiel analyse paths rheinmetall baykar" in listed.stdout
    assert "required" in materiel("analyse", "paths", "--help").stdout
    assert "--figure" in materiel("analyse", "--help").stdout


def test_refusals_say_what_to_do(materiel: Any) -> None:
    for arguments, code, words in (
        (("centralty",), 3, "centrality"),
        (("paths", "rheinmetall"), 2, "other is missing"),
        (("paths", "rheinmetall", "nobody-at-all"), 3, "nothing is called"),
        (("mixing", "extra"), 2, "one too many"),
        (("silent", "--weight", "origin"), 2, "joins no organisations"),
        (("mixing", "--figure", "x.gif"), 2, "not written as"),
        (("transitions", "--figure", "x.svg"), 2, "nothing to draw"),
    ):
        told = materiel("analyse", *arguments)
        assert (told.code, words in told.stderr) == (code, True), (arguments, told.stderr)
