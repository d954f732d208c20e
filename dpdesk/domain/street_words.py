"""Words by which a line of an address is known to be a street, a building or a floor."""

from __future__ import annotations

SHORT = {"st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "avn": "avenue", "ln": "lane", "dr": "drive",
         "cl": "close", "ct": "court", "cres": "crescent", "cresc": "crescent", "gdns": "gardens", "gdn": "gardens", "grn": "green",
         "gro": "grove", "gr": "grove", "pl": "place", "sq": "square", "terr": "terrace", "ter": "terrace", "tce": "terrace",
         "pk": "park", "wk": "walk", "wy": "way", "mdw": "meadow", "bvd": "boulevard", "blvd": "boulevard", "yd": "yard"}
"""How the last word of a street is shortened."""
_STRONG_TEXT = """
street road avenue lane drive close crescent gardens grove terrace square mews way walk row place court boulevard parade alley broadway
promenade esplanade embankment passage path approach wynd loan vennel gait circus lanes quay wharf yard
"""
STRONG = frozenset(_STRONG_TEXT.split())
"""A line that ends so is a street, whatever else there is."""
_WEAK_TEXT = """
hill rise view green gate park mead meadow meadows vale dene end common field fields croft cross bank brae brow chase copse dell drove
garth glade glebe heights holt hurst knoll lea leas link links loke mount orchard orchards paddock pastures piece ride ridge side slope
spinney strand turn warren wood woods bridge brook mill island walkway twitten ginnel riverside causeway mall bottom
"""
WEAK = frozenset(_WEAK_TEXT.split())
"""A line that ends so is a street where a number stands before it; without one it may be a village."""
_BEFORE_TEXT = """
heol ffordd stryd lon maes clos cwrt rhodfa rhiw teras gerddi sraid rathad llwybr
"""
BEFORE = frozenset(_BEFORE_TEXT.split())
"""A line that begins so is a street: Welsh and Gaelic."""
_BUILDINGS_TEXT = """
house court cottages cottage buildings building mansions flats tower towers lodge villas villa hall point apartments block maisonettes
farm barn heights wharf hotel
"""
BUILDINGS = frozenset(_BUILDINGS_TEXT.split())
"""A line that ends so may be a building."""
_DIRECTIONS_TEXT = """
north south east west upper lower
"""
DIRECTIONS = frozenset(_DIRECTIONS_TEXT.split())
FLOORS = {"basement": 1, "lower ground": 2, "garden": 3, "ground": 4, "raised ground": 5, "upper ground": 6, "first": 11, "second": 12,
          "third": 13, "fourth": 14, "fifth": 15, "sixth": 16, "seventh": 17, "eighth": 18, "ninth": 19, "tenth": 20, "attic": 950,
          "top": 960}
"""Floors from below."""
