"""Invented members in any number, always the same for one seed: names of many kinds, numbers for drama, mail at example.org."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

HEADERS = ("Membership No", "Title", "Forename", "Surname", "Email", "Mobile", "Landline", "Address 1", "Address 2", "Town",
           "Postcode", "Ward", "Membership Type", "Status", "Joined", "Renewal", "Date of birth", "Email OK",
           "Do Not Email")
_FORENAMES = (
    "Olivia", "Amelia", "Isla", "Ava", "Mia", "Ivy", "Lily", "Freya", "Florence", "Willow", "Noah", "Oliver",
    "George", "Arthur", "Muhammad", "Leo", "Harry", "Oscar", "Archie", "Henry", "Aisha", "Fatima", "Priya", "Anjali",
    "Wei", "Ling", "Yusuf", "Ibrahim", "Siân", "Rhys", "Cerys", "Niamh", "Aoife", "Seán", "Zoë", "Chloë", "José",
    "Łukasz", "Agnieszka", "Björn", "Katherine", "Catherine", "Kathryn", "Geoffrey", "Jeffrey", "Stephen", "Steven",
    "Philip", "Phillip", "Margaret", "Jean", "Kwame", "Ngozi", "Chidi", "Adaeze", "Blessing", "Tariq", "Nasreen",
    "Gurpreet", "Harjit", "Sophie", "Emma", "Jack", "Thomas", "James", "William")
_SURNAMES = (
    "Smith", "Smyth", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson",
    "Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood", "Jackson", "Clarke", "Khan",
    "Ahmed", "Ali", "Begum", "Singh", "Kaur", "O’Neill", "O'Brien", "MacDonald", "McDonald", "Hughes", "Edwards",
    "Turner", "Hill", "Moore", "Clark", "Harrison", "Scott", "Young", "Morris", "Watson", "Nowak", "Kowalska",
    "Müller", "García", "Nguyễn", "Okafor", "Adeyemi", "Mensah", "Chowdhury", "Hussain", "Shah", "Murphy", "Kelly",
    "Byrne", "Fitzgerald", "Llewellyn", "Pritchard", "Bevan", "Featherstonehaugh", "Cholmondeley", "Penhaligon",
    "Trelawny", "Ramsbottom", "Higginbotham", "Entwistle", "Postlethwaite", "Sidebottom", "Winterbourne")
_STREETS = ("High Street", "Station Road", "Church Lane", "Mill Lane", "Victoria Road", "Green Lane", "Manor Drive",
            "Kings Avenue", "Park View", "The Crescent", "School Hill", "Albert Terrace", "Orchard Close", "Meadow Way",
            "Chapel Row", "Water Lane", "Windmill Hill", "Priory Gardens", "St Mary’s Walk", "Castle Street")
_TOWNS = ("Anytown", "Otherham", "Little Example", "Great Example", "Newbridge-on-Sample", "Testford", "Mockchester")
_WARDS = tuple(f"{name} {part}" for name in ("Abbey", "Castle", "Priory", "Riverside", "Hillside") for part in
               ("North", "South", "Central"))
_TYPES = ("Standard", "Concession", "Student", "Family", "Life")
_STATUSES = ("Current",) * 16 + ("New", "Grace", "Expired", "In arrears")


def people(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """`count` invented members as rows under `HEADERS`."""
    dice = random.Random(seed)
    pick, number, chance = dice.choice, dice.randrange, dice.random
    for at in range(count):
        forename, surname = pick(_FORENAMES), pick(_SURNAMES)
        if chance() < 0.12:
            surname = f"{surname}-{pick(_SURNAMES)}"
        plain = f"{forename}.{surname}".encode("ascii", "ignore").decode().replace("'", "").lower()
        year = number(1935, 2006)
        yield (
            f"{100000 + at}", pick(("Ms", "Mr", "Mrs", "Dr", "")), forename, surname,
            f"{plain}{at}@{pick(('mail.', 'post.', ''))}example.org" if chance() < 0.92 else "",
            f"07700 900{number(1000):03}" if chance() < 0.8 else "", f"01632 960{number(1000):03}" if chance() < 0.4 else "",
            f"{number(1, 240)} {pick(_STREETS)}", f"Flat {number(1, 40)}" if chance() < 0.15 else "", pick(_TOWNS),
            f"AN{number(1, 30)} {number(10)}{pick('ABDEFGHJLN')}{pick('ABDEFGHJLN')}", pick(_WARDS), pick(_TYPES),
            pick(_STATUSES), f"{number(1, 29):02}/{number(1, 13):02}/{number(max(1990, year + 15), 2026)}",
            f"{number(1, 29):02}/{number(1, 13):02}/2027",
            f"{number(1, 29):02}/{number(1, 13):02}/{year}" if chance() < 0.7 else "",
            "Yes" if chance() < 0.3 else "", "Yes" if chance() < 0.02 else "")


def write_csv(path: Path, count: int, seed: int = 1) -> Path:
    """The invented members as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        out.writerows(people(count, seed))
    return path
