"""Choices that several registers share: lawful bases, conditions for special data, whose data it is and what it says (DOMAIN.md §4.2)."""

from __future__ import annotations

ART6 = (("consent", "Consent"), ("contract", "A contract with them"), ("legal_obligation", "A legal obligation"),
        ("vital_interests", "Somebody’s life is at stake"), ("democratic_engagement",
                                                             "Public task: democratic engagement (DPA 2018 s.8(e))"),
        ("register_regulations", "Public task: electoral register regulations"),
        ("recognised_legitimate_interest", "A recognised legitimate interest (never campaigning)"),
        ("legitimate_interests", "Legitimate interests, weighed"))
"""Lawful bases of UK GDPR Art 6. "Democratic engagement" did not become a recognised legitimate interest."""

ART9 = (("none", "No special data"), ("explicit_consent", "Explicit consent"),
        ("not_for_profit_body", "A political body’s members and regular contacts (Art 9(2)(d))"),
        ("political_parties", "Political parties (Art 9(2)(g), DPA 2018 Sch 1 para 22)"), ("made_public", "Made public by themselves"),
        ("legal_claims", "Legal claims"), ("vital_interests", "Somebody’s life is at stake"), ("employment", "Employment law"),
        ("substantial_public_interest", "Another substantial public interest (Art 9(2)(g))"), ("research", "Archiving or research"))
"""Conditions of Art 9. S1 18.4 names Art 9(2)(j); a party's canvassing rests on Sch 1 para 22 or on consent instead."""

APD_CONDITIONS = frozenset({"political_parties", "substantial_public_interest", "employment"})
"""Conditions that need an appropriate policy document (S1 20; DPA 2018 Sch 1 Part 4)."""

PEOPLE = (("member", "Members"), ("former_member", "Former members"), ("supporter", "Supporters"), ("elector", "Electors"),
          ("under_18", "Under-18s"), ("volunteer", "Volunteers"), ("donor", "Donors"), ("candidate", "Candidates"),
          ("elected_rep", "Elected representatives"), ("enquirer", "Enquirers"), ("staff", "Staff"), ("supplier", "Suppliers"))

DATA = (("name", "Names"), ("address", "Addresses"), ("contact", "E-mail and phone"), ("birth", "Dates of birth"),
        ("membership", "Membership"), ("voting_intention", "Voting intention"), ("voted", "Whether they voted"),
        ("money", "Donations and payments"),
        ("correspondence", "What they wrote or asked"), ("image", "Photographs or scans"), ("training", "Training"),
        ("online", "Online identifiers"))

SPECIAL = (("political_opinions", "Political opinions"), ("racial_ethnic", "Racial or ethnic origin"),
           ("religious_philosophical", "Religion or belief"), ("trade_union", "Trade union membership"), ("genetic", "Genetic data"),
           ("biometric", "Biometric data"), ("health", "Health"), ("sex_life_orientation", "Sex life or orientation"),
           ("criminal_offence", "Criminal offences"))
"""Special categories (S1 20), with criminal offences beside them."""

YES_NO = (("yes", "Yes"), ("no", "No"))
WAYS = (("email", "E-mail"), ("letter", "Letter"), ("phone", "Phone"), ("in_person", "In person"), ("website", "Website"),
        ("social_media", "Social media"), ("other", "Another way"))
