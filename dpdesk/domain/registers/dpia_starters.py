"""Two assessments filled in as far as every branch is alike: canvassing on paper, and writing to many. To be read, and made its own."""

from __future__ import annotations

import json


def _risk(risk: str, event: str, likelihood: str, severity: str, measure: str, effect: str, residual: str) -> dict[str, str]:
    return {"risk": risk, "event": event, "likelihood": likelihood, "severity": severity, "measure": measure, "effect": effect,
            "residual": residual}


_CANVASS = [
    _risk("A sheet is left on a bus or at a door", "access", "possible", "significant",
          "Each page has its number, a named person and a time "
          "to be back; missing pages show at once; codes instead of words; fewest columns", "reduced", "low"),
    _risk("A sheet is photographed and shared", "access", "possible", "significant",
          "“Do not photograph” on each page; the briefing says so; "
          "recorded at issue", "reduced", "low"),
    _risk("Marks are read in for the wrong person", "change", "possible", "minimal",
          "The page knows its own rows; what is unsure is looked at "
          "by a person", "reduced", "low"),
    _risk("Paper piles up in a cupboard", "access", "probable", "significant",
          "Nothing counts as done before it is destroyed with a record; "
          "overdue pages come up every day", "reduced", "low"),
    _risk("Somebody is visited who said no", "change", "possible", "significant", "A no is kept by person or household and printed as a "
          "black row without a name", "reduced", "low"),
    _risk("The laptop with the scans is stolen", "access", "remote", "severe",
          "The desk and its scans are encrypted; scans go after checking",
          "reduced", "low")]
_MAIL = [
    _risk("All addresses stand in To or Cc", "access", "possible", "severe", "One message for each person; nothing else can be sent",
          "eliminated", "low"),
    _risk("Somebody is written to who said stop", "change", "possible", "significant",
          "Stops outlive every import, merge and erasure; who is "
          "left out is shown with the reason", "reduced", "low"),
    _risk("The wrong list is chosen", "access", "possible", "significant",
          "Purpose first; counts shown before sending; a second officer for "
          "many", "reduced", "low"),
    _risk("A bulk mailer uses the list for itself", "access", "remote", "significant",
          "No list without an agreement in force; only address "
          "and name", "reduced", "low"),
    _risk("A phishing letter copies ours", "access", "possible", "significant",
          "Never asks for passwords or money by link; one sender address",
          "reduced", "medium")]

STARTERS = (
    {"name": "Canvassing on paper", "signs": "scale special unseen",
     "need": "Political opinions of many electors are noted on paper that volunteers carry.",
     "nature": "Sheets with names, addresses and elector numbers of a road are printed, carried by a named person, filled in with codes "
     "on the "
               "doorstep, handed to the most senior individual, scanned, read in, checked, and destroyed.",
     "scope": "Electors of the ward; voting intention, outcome, whether a visit is wished. Sheets live for days, scans until checked, "
     "codes as "
              "long as the party’s policy says.",
     "context": "People know that parties canvass, but not that what they say is kept. The volunteer says so when asked; the notice "
     "says it.",
     "purposes": "To know who supports the party, to remind supporters to vote, and to leave in peace who wishes it.",
     "necessity": "Democratic engagement (DPA 2018 s.8(e)) and Sch 1 para 22 with a policy document. Fewest columns, codes instead of "
     "words, "
                  "no dates of birth, no phone numbers. Notices to stop are kept.",
     "risks": json.dumps(_CANVASS, ensure_ascii=False)},
    {"name": "E-mail to many", "signs": "scale special", "need": "That somebody gets the letter shows that they are a member: a political "
     "opinion.",
     "nature": "A letter is written, its purpose and its people chosen, left out who may not be written to, tested, sent one by one, and "
               "replies worked off.",
     "scope": "Members and supporters with consent; name, address, and that they got it. Texts as long as the policy says.",
     "context": "Members expect to hear of meetings; campaigning needs their consent. Each letter says who writes, why, and how to stop "
     "it.",
     "purposes": "To inform and invite members, and to campaign with those who agreed.",
     "necessity": "Consent under PECR reg 22 for campaigning; service messages to members otherwise. No tracking, no pictures from "
     "elsewhere.",
     "risks": json.dumps(_MAIL, ensure_ascii=False)},
)
