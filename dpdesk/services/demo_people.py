"""Invented people for the demo branch: every name is put together by chance from lists, nobody of them exists.

Phones are from the ranges kept for drama, mail goes to example.org, and no postcode area is called AN.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from dpdesk.domain.members import Member

_FORENAMES_TEXT = """
Aisha Alasdair Aled Alice Amara Amina Andrew Angharad Aniela Anil Ann Anthony Antoni Arthur Ayodele Barbara Bethan
Björn Brenda Brian Bronwen Callum Caoimhe Carol Carys Catherine Catrin Cerys Charlotte Chinedu Chloë Christine
Christopher Ciarán Claire Colin Dafydd Daisy Daniel David Dawn Deborah Delroy Derek Dilys Donald Doreen Dylan Edward
Efa Eilidh Eirlys Elaine Elizabeth Ellen Emeka Emily Emyr Eoin Esme Esther Evan Ewan Fatima Ffion Fiona Florence
Folasade Frances Frank Fraser Gareth Geoffrey George Geraint Gillian Giovanni Glenys Grace Graham Gurpreet Gwen Gwilym
Haf Hamish Harjit Harold Harriet Hassan Hazel Heather Helen Hui Huw Ian Idris Imogen Ines Ioan Iona Irene Isaac Isla
Ivor Iwona Jack Jacqueline James Jamila Jane Janet Jasmine Jean Jérôme Joan John Jonathan José Joyce Judith Julian
Kamal Karen Katarzyna Katherine Kathleen Kathryn Keith Kelechi Kenneth Kerry Kevin Kirsty Kwame Kyle Laura Leanne
Leila Lesley Lewis Liam Linda Llinos Lorna Louise Lucía Lucy Lynn Mairead Małgorzata Mandeep Margaret Maria Marie Mark
Martin Mary Matthew Megan Mei Mererid Michael Michelle Mohammed Moira Morag Muhammad Muriel Nadia Naomi Nasreen
Natasha Neil Nerys Ngozi Nia Niamh Nigel Nikhil Noah Noël Norman Olivia Olusegun Orla Owain Pádraig Pamela Parveen
Patricia Patrick Paul Pauline Peter Philip Phoebe Priya Rachel Rajesh Rebecca Renée Rhiannon Rhodri Rhys Richard
Robert Róisín Ronald Rosemary Roza Ruth Ryszard Sadia Samuel Sandra Sanjay Sara Sarah Sean Shanice Sharon Sheila
Shirley Siân Simon Sioned Siobhán Sophie Stephen Stuart Susan Sylvia Tamsin Tariq Terence Teresa Thandiwe Theo Thomas
Tomos Tracey Trevor Tunde Valerie Vera Victoria Vincent Wendy Wei William Winifred Wojciech Xavier Yasmin Yusuf Yvonne
Zainab Zoë
"""
FORENAMES = _FORENAMES_TEXT.split()
_SURNAMES_TEXT = """
Abara Adeyemi Ahmed Akhtar Ali Allen Anderson Appiah Armstrong Ashworth Bailey Baker Banerjee Barker Barnes Begum Bell
Bennett Bevan Bhatt Blackwood Bowen Brennan Brown Burns Butler Byrne Cadwallader Campbell Carter Chaudhry Chan Chen
Clark Clarke Collins Cook Cooper Cox Crawford Dąbrowska Davies Davis Dixon Dlamini Donnelly Douglas Doyle Edwards
Ellis Eriksen Evans Fairweather Farah Fernández Ferreira Fisher Fitzgerald Fletcher Forsyth Foster Fox Fraser
Gallagher García Gibson Gill Gordon Gough Graham Grant Gray Green Griffiths Grzelak Haddad Hall Hamilton Harris
Harrison Hassan Hayes Henderson Hill Holmes Hopkins Howells Hughes Hunt Hussain Ibrahim Iqbal Islam Jackson James
Jenkins Johansson John Johnson Jones Kapoor Kaur Kavanagh Kelly Kennedy Khan King Kowalczyk Kumar Lee Lewis Li
Llewellyn Lloyd Lopes MacDonald MacLeod Mahmood Malik Marshall Martin Mason Matthews McCarthy McIntyre McKenna Mehta
Mensah Miller Mills Mitchell Moore Morgan Morris Murphy Murray Nair Nelson Nguyễn Nowak O'Brien O'Connor O'Neill
O'Sullivan Obi Okafor Okonkwo Osei Owen Palmer Papadopoulos Parker Parry Patel Pearce Penrose Perry Petrova Phillips
Powell Price Pritchard Prosser Pugh Quinn Rahman Rao Rees Reid Reynolds Richards Richardson Roberts Robertson Robinson
Rodríguez Rogers Rose Ross Rossi Rowlands Russell Ryan Saleh Sanders Santos Schäfer Scott Shah Sharma Shaw Silva
Simpson Singh Smith Smyth Sørensen Stewart Stone Sutherland Taylor Thomas Thompson Thomson Trevithick Tucker Turner
Uddin Vaughan Wagner Walker Wallace Walsh Ward Watson Watt Webb White Wilkinson Williams Williamson Wilson Wong Wood
Woźniak Wright Yates Young Zhang
"""
SURNAMES = _SURNAMES_TEXT.split()
_TWO_WORDS = ("ap Gwynedd", "ap Rhisiart", "de Souza", "van den Berg", "al Rashid", "St Clair", "da Costa", "Le Fanu")
_ONE_NAME = ("Indira", "Suharto", "Blodwen", "Priyanka", "Kestrel")
WARDS = {"Canalside": ("AN1", ("Lock Lane", "Wharf Road", "Narrowboat Way", "Towpath Terrace", "Basin Street")),
         "Hilltop": ("AN2", ("Beacon Road", "Long Hill", "Windmill Lane", "Summit Close", "Larkrise")),
         "Station": ("AN1", ("Station Road", "Signal Street", "Platform Row", "Goods Yard", "Junction Avenue")),
         "Priory": ("AN3", ("Priory Gardens", "Cloister Walk", "Abbot’s Mead", "Chapter Street", "Bell Lane")),
         "Millbrook": ("AN4", ("Mill Lane", "Weir Street", "Brookside", "Miller’s Court", "Heol y Felin"))}
_STATUSES = ("current",) * 80 + ("arrears",) * 8 + ("lapsed",) * 7 + ("pending",) * 3 + ("resigned",) * 2
_TYPES = ("Standard",) * 6 + ("Concession",) * 3 + ("Household",) * 2 + ("Student",)
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def members(rng: Random, today: date, count: int) -> Iterator[dict[str, str]]:
    """`count` members as a membership system would export them: field code -> text."""
    for at in range(count):
        person = _person(rng, at)
        young = at % 67 == 5
        joined = today - timedelta(days=rng.randint(20, 300 if young else 9000))
        status = rng.choice(_STATUSES)
        paid = status in ("current", "pending")
        renewal = today + timedelta(days=rng.randint(5, 360) if paid else -rng.randint(10, 300))
        yield person | {"number": f"AN{20001 + at * 7}", "date_of_birth": _born(rng, young, today, joined).isoformat(),
                        "membership_type": rng.choice(_TYPES), "status": status, "branch": "Anytown",
                        "joined_on": joined.isoformat(), "renewal_on": renewal.isoformat()}


def contacts(rng: Random, count: int) -> Iterator[dict[str, str]]:
    """`count` people the branch knows who are not members; little is known of them."""
    for at in range(count):
        person = _person(rng, 10_000 + at)
        known = ["forename", "surname", *rng.sample(["email", "mobile", "landline"], 2)]
        if rng.random() < 0.5:
            known += ["address1", "town", "postcode", "ward"]
        yield {code: person[code] for code in known}


def twins(rng: Random, people: Sequence[Member], count: int) -> Iterator[dict[str, str]]:
    """`count` of those members again, as somebody took them down at a stall: a short or slipped name, and one thing in common."""
    for at, person in enumerate(rng.sample([p for p in people if p.surname and p.email and p.mobile], count)):
        name = {"forename": _short(person.forename) or person.forename, "surname": person.surname}
        if at % 3 == 1:
            name["surname"] = person.surname[:-1] + person.surname[-1] * 2
        shared = ("email", "postcode") if at % 2 else ("mobile", "town")
        yield name | {code: getattr(person, code) for code in shared}


def _born(rng: Random, young: bool, today: date, joined: date) -> date:
    """A date of birth: most were grown up when they joined, a few are 15 to 17 today."""
    if young:
        return today - timedelta(days=rng.randint(15 * 366, 18 * 365 - 10))
    return date(min(joined.year - 16, rng.randint(1936, 2007)), rng.randint(1, 12), rng.randint(1, 28))


def _person(rng: Random, at: int) -> dict[str, str]:
    forename, surname = rng.choice(FORENAMES), _surname(rng)
    if at % 119 == 40:
        forename, surname = rng.choice(_ONE_NAME), ""
    ward = rng.choice(list(WARDS))
    district, streets = WARDS[ward]
    flat = f"Flat {rng.randint(1, 24)}" if rng.random() < 0.15 else ""
    house = f"{rng.randint(1, 140)}{rng.choice(['', '', '', '', 'A'])} {rng.choice(streets)}"
    return {"title": rng.choice(("", "", "Ms", "Mr", "Mrs", "Dr")), "forename": forename, "surname": surname,
            "known_as": _short(forename) if rng.random() < 0.5 else "",
            "email": _mail(forename, surname, at) if rng.random() < 0.88 else "",
            "mobile": f"07700 900{rng.randint(0, 999):03d}" if rng.random() < 0.8 else "",
            "landline": f"01632 960{rng.randint(0, 999):03d}" if rng.random() < 0.4 else "",
            "address1": flat or house, "address2": house if flat else "", "town": "Anytown", "ward": ward,
            "postcode": f"{district} {rng.randint(1, 9)}{rng.choice(_LETTERS)}{rng.choice(_LETTERS)}"}


def _surname(rng: Random) -> str:
    chance = rng.random()
    if chance < 0.05:
        return f"{rng.choice(SURNAMES)}-{rng.choice(SURNAMES)}"
    return rng.choice(_TWO_WORDS) if chance < 0.07 else rng.choice(SURNAMES)


def _short(forename: str) -> str:
    return {"Katherine": "Kate", "Catherine": "Cathy", "Margaret": "Maggie", "William": "Bill", "Robert": "Rob",
            "Elizabeth": "Liz", "Christopher": "Chris", "Michael": "Mike", "Thomas": "Tom",
            "Rebecca": "Becky", "Patricia": "Pat", "Daniel": "Dan",
            "Małgorzata": "Gosia", "Katarzyna": "Kasia", "James": "Jim", "Samuel": "Sam"}.get(forename, "")


def _mail(forename: str, surname: str, at: int) -> str:
    spelt = f"{forename}.{surname}".lower().translate(str.maketrans("łøđ", "lod", " '’"))
    plain = unicodedata.normalize("NFKD", spelt)
    kept = "".join(c for c in plain if c.isascii() and (c.isalnum() or c in ".-"))
    return f"{kept.strip('.')}{at % 97}@example.org"
