"""Partial dates: what they accept, what they refuse, and their bounds."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.dates import PartialDate
from materiel.errors import BadDate

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_the_bounds_contain_every_day_that_is_meant(day: date, length: int) -> None:
    meant = PartialDate(day.isoformat()[:length])
    assert meant.not_before <= day <= meant.not_after


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_the_bounds_are_tight(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    meant = PartialDate(text)
    assert meant.not_before.isoformat()[:length] == meant.not_after.isoformat()[:length] == text
    for beyond in (meant.not_before.toordinal() - 1, meant.not_after.toordinal() + 1):
        if 1 <= beyond <= date.max.toordinal():
            assert date.fromordinal(beyond).isoformat()[:length] != text


@given(DAYS)
def test_a_finer_date_lies_within_the_coarser_ones(day: date) -> None:
    fine, month, year = (PartialDate(day.isoformat()[:length]) for length in (10, 7, 4))
    assert year.not_before <= month.not_before <= fine.not_before
    assert fine.not_after <= month.not_after <= year.not_after


@given(st.integers(min_value=1000, max_value=9999))
def test_february_ends_with_the_leap_years(year: int) -> None:
    assert PartialDate(f"{year}-02").not_after == date(year, 2, 29 if isleap(year) else 28)
    assert PartialDate(f"{year}").not_after == date(year, 12, 31)


@pytest.mark.parametrize(
    ("month", "last"),
    [("2023-01", 31), ("2023-04", 30), ("2023-12", 31), ("1900-02", 28), ("2000-02", 29), ("2024-02", 29)],
)
def test_months_end_on_their_last_day(month: str, last: int) -> None:
    assert PartialDate(month).not_after.day == last
    assert PartialDate(month).not_after + timedelta(days=1) > PartialDate(month).not_after


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2023-02-29", "2023-13", "2023-00", "2023-04-31", "2023-10-00", "0000", "0000-01-01"],
)
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(BadDate, match="does not exist") as caught:
        PartialDate(text)
    assert repr(text) in str(caught.value)
    assert "2023-10-18" in caught.value.remedy
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "text",
    [
        "", "2023-W42", "2023-W42-3", "2023W423", "20231018", "202310", "23-10-18", "2023-1-8", "2023-10-18T00:00:00",
        "2023-10-18Z", " 2023", "2023 ", "2023\n", "-2023", "+2023", "12023", "2023-10-", "2023-", "18.10.2023", "10/18/2023",
        "2023-10~", "2023?", "2023-291", "october", "٢٠٢٣-١٠-١٨", "２０２３", "2023‐10‐18", "२०२३",
    ],
)  # fmt: skip
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(BadDate, match="not of the form"):
        PartialDate(text)


@given(st.text(alphabet="0123456789-WTZ:+~?٠१ ", max_size=12))
def test_what_is_accepted_is_a_date_of_the_calendar(text: str) -> None:
    try:
        accepted = PartialDate(text)
    except BadDate:
        return
    assert len(text) in {4, 7, 10}
    assert accepted.not_before <= accepted.not_after
    assert str(accepted) == text
    assert date.fromisoformat((text + "-01-01")[:10]) == accepted.not_before


@pytest.mark.parametrize(("text", "datatype"), [("2023", "gYear"), ("2023-10", "gYearMonth"), ("2023-10-18", "date")])
def test_the_literal_keeps_the_date_as_reported(text: str, datatype: str) -> None:
    literal = PartialDate(text).literal
    assert (literal.value, literal.datatype.value.rsplit("#")[-1]) == (text, datatype)
