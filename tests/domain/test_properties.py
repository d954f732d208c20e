"""Addresses as councils write them: street, door, and the natural order of doors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.properties import Places

READ = {  # address: (street, label, number)
    "12 High Street\nAnytown": ("High Street", "12", 12),
    "12A High St\nAnytown": ("High St", "12A", 12),
    "12 A High Street": ("High Street", "12 A", 12),
    "12\nHigh Street\nAnytown": ("High Street", "12", 12),
    "No. 12 High Street": ("High Street", "12", 12),
    "12\u00a0High\u00a0Street": ("High Street", "12", 12),
    "4- 6 Knowsley Road": ("Knowsley Road", "4- 6", 4),
    "4-6 Knowsley Road\nAN1 2AB": ("Knowsley Road", "4-6", 4),
    "Flat 3\n12 High Street\nAnytown": ("High Street", "Flat 3, 12", 12),
    "Flat 3 12 High Street": ("High Street", "Flat 3 12", 12),
    "12 High Street, Flat 3": ("High Street", "Flat 3, 12", 12),
    "5 Block B, 10 High St": ("High St", "5 Block B, 10", 10),
    "1/2\n10 High Street": ("High Street", "1/2, 10", 10),
    "Ground Floor Flat, 12 High Street": ("High Street", "Ground Floor Flat, 12", 12),
    "Rose Cottage\nHigh Street\nAnytown": ("High Street", "Rose Cottage", 0),
    "Rose Cottage 12 High Street": ("High Street", "Rose Cottage, 12", 12),
    "Flat 12 Larkrise Court, Beacon Road": ("Beacon Road", "Flat 12 Larkrise Court", 0),
    "Larkrise Court\n10 High Street": ("High Street", "Larkrise Court, 10", 10),
    "12 Church Cottages, High Street": ("High Street", "12 Church Cottages", 0),
    "12 Larkrise\nAnytown": ("Larkrise", "12", 12),
    "3 Heol y Felin": ("Heol y Felin", "3", 3),
    "4 The Green\nVillage": ("The Green", "4", 4),
    "12 Lock Lane North": ("Lock Lane North", "12", 12),
    "The Old Forge\nUpper Slaughter\nAnytown": ("Upper Slaughter", "The Old Forge", 0),
    "Rose Cottage": ("", "Rose Cottage", 0),
    "Broadway\nAnytown": ("Broadway", "", 0),
    "12 St James Street": ("St James Street", "12", 12),
}


@pytest.mark.parametrize("address", READ, ids=lambda address: address.replace("\n", " | "))
def test_an_address_is_taken_apart(address):
    found = Places().of(address, "AN1 2AB")
    assert (found.street, found.label, found.number) == READ[address]


def test_who_has_no_address_has_no_door():
    assert Places().of("", "AN1 2AB") is None
    assert Places().of(" \n , ") is None
    assert Places().of("AN1 2AB", "AN1 2AB") is None


def test_a_street_is_one_however_it_is_shortened():
    places = Places()
    assert len({places.of(f"1 {name}").street_key for name in ("High St", "High Street", "HIGH STREET", "High St.")}) == 1
    assert places.of("1 St James").street_key == "st james"


ORDERS = (
    ("1", "2", "10", "10A", "10B", "12", "100"),
    ("4", "4-6", "4A", "5"),
    ("10", "Flat 1, 10", "Flat 2, 10", "Flat 10, 10", "10A"),
    ("Basement Flat, 10", "Ground Floor Flat, 10", "First Floor Flat, 10", "2nd Floor Flat, 10", "Top Floor Flat, 10"),
    ("Flat 1, Ground Floor, 10", "Flat 9, First Floor, 10", "Flat 2, Second Floor, 10"),
    ("Flat G/1, 10", "Flat 1/1, 10", "Flat 1/2, 10", "Flat 10/1, 10"),
    ("2 Block A, 10", "11 Block A, 10", "1 Block B, 10"),
    ("99", "Acacia House", "Rose Cottage"),
    ("99", "1 Church Cottages", "2 Church Cottages", "12 Church Cottages"),
)


@pytest.mark.parametrize("doors", ORDERS, ids=lambda doors: doors[-1])
def test_doors_stand_in_their_natural_order(doors):
    places = Places()
    keys = [places.of(f"{door}{', ' if door[-1].isalpha() and not door[-2].isdigit() else ' '}High Street").key for door in doors]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@given(st.text(max_size=60), st.sampled_from(("", "AN1 2AB")))
def test_no_address_is_too_strange(address, postcode):
    found = Places().of(address, postcode)
    if found is not None:
        assert found.key[0] in "01"
        assert found.number >= 0
        assert found.number == (int(found.key[1:8]) if found.key[0] == "0" else 0)
        assert Places().of(address, postcode) == found
