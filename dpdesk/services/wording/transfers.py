"""The words of cards, packages, destinations, the outbox and receipts."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

ACTIONS = {
    "card.saved": _m("Own officer card saved to a file"),
    "card.added": _m("Officer card taken in"),
    "card.verified": _m("Officer card verified by telephone"),
    "card.revoked": _m("Officer card revoked"),
    "package.sealed": _m("Package sealed"),
    "package.saved": _m("Sealed package saved to a file"),
    "package.opened": _m("Package opened"),
    "package.arrived": _m("Package fetched, verified and kept"),
    "package.discarded": _m("Sealed package taken away"),
    "destination.saved": _m("Destination set up"),
    "destination.removed": _m("Destination removed"),
    "destination.tested": _m("Destination tested"),
    "transfer.queued": _m("Package put into the outbox"),
    "transfer.begun": _m("Package begun to be sent: a copy leaves the desk"),
    "transfer.paused": _m("Transfer paused"),
    "transfer.resumed": _m("Transfer resumed"),
    "transfer.cancelled": _m("Transfer cancelled"),
    "transfer.sent": _m("Package sent and seen to be there"),
    "pack.out": _m("Canvass pack sealed for a lead"),
    "pack.taken": _m("Canvass pack taken in"),
    "pack.returned": _m("Return of a canvass pack sealed"),
    "pack.came_back": _m("Return of a canvass pack taken in"),
    "pack.erased": _m("Canvass pack erased at the lead’s desk"),
    "pack.gone": _m("Told that a lead’s copy is erased"),
    "receipt.given": _m("Receipt given again"),
    "receipt.fetched": _m("Receipt fetched"),
    "receipt.confirmed": _m("Headquarters’ confirmation recorded"),
}

FIELDS = {
    "age": _m("Public key of age"),
    "days": _m("Days until it may no longer be opened"),
    "files": _m("Files"),
    "destination_name": _m("Name"),
    "destination_kind": _m("Kind"),
    "on": _m("Day"),
    "said_by": _m("Who confirmed it"),
}

KINDS = {
    "card": _m("officer card"),
    "package": _m("package"),
    "destination": _m("destination"),
    "transfer": _m("transfer"),
    "pack": _m("canvass pack"),
}

RIGHTS = {
    "transfers.see": _m("see packages and transfers"),
    "transfers.send": _m("seal and send packages"),
    "transfers.receive": _m("collect and open packages"),
    "cards.manage": _m("take in, verify and revoke officer cards"),
    "destinations.manage": _m("set up destinations"),
}

PROBLEMS = {
    "age_key_bad": _m("This is not a public key of age; one begins with “age1” and has 62 letters and digits"),
    "https_only": _m("This must begin with https://, so that nobody on the way can listen"),
    "address_bad": _m("This is not an address such as https://cloud.example.org; leave out names and passwords"),
    "folder_bad": _m("This is not a whole path to a folder"),
    "sftp_bad": _m("This is not a server’s name, with or without a port, such as files.example.org:22"),
    "dots": _m("Leave out the two dots"),
}

COPY_KINDS = {
    "sealed": _m("Sealed package"),
    "received": _m("Opened package"),
    "card": _m("Officer card"),
    "sent": _m("Sealed package at a destination"),
}

TODAY = {
    "cards_unverified": _m("Officer cards wait to be verified by telephone ({count})"),
    "outbox_waiting": _m("Packages wait to be sent ({count})"),
    "outbox_stuck": _m("Packages could not be sent: look at the reason ({count})"),
    "receipts_awaited": _m("Packages were sent and not yet receipted: fetch the receipts ({count})"),
    "packages_arrived": _m("Packages came in and wait to be opened ({count})"),
}

_NOTHING = _m("Nothing was opened and nothing was written.")
_QUEUED = _m("Nothing is lost: what was not sent stays in the outbox, and what lies on the server verified is not sent again.")
_UNCHANGED = _m("Nothing was changed.")

_CARDS = {
    "transfers.card_not_a_card": (_m("This is not an officer card."), _UNCHANGED,
                                  _m("Ask the officer for the file or code that dpdesk shows under “Your card”.")),
    "transfers.card_newer": (_m("This card was made by a newer dpdesk."), _UNCHANGED, _m("Update dpdesk and take the card in again.")),
    "transfers.card_too_long": (_m("This is too long for an officer card."), _UNCHANGED, _m("Ask the officer for their card once more.")),
    "transfers.card_no_key": (_m("The key on this card is damaged."), _UNCHANGED, _m("Ask the officer for their card once more.")),
    "transfers.card_forged": (_m("This card was changed after its officer made it."), _UNCHANGED,
                              _m("Do not use it. Ask the officer, by telephone, for a new copy.")),
    "transfers.card_own": (_m("This is your own card."), _UNCHANGED, ""),
    "transfers.card_words": (_m("These are not the words of this card."), _m("The card stays unverified."),
                             _m("Ask the officer to read all ten words again from their own “Your card”. If they still differ, the card is "
                                "not theirs: do not use it.")),
    "transfers.card_letters": (_m("These are not the letters and digits of this key."), _m("The card stays unverified."),
                               _m("Ask them to read once more, from where they keep it, the sixteen that follow “age1”. If they still "
                                  "differ, the key is not theirs: do not use it.")),
    "transfers.card_not_verified": (_m("The card of {name} has not been verified yet."), _m("Nothing was sealed."),
                                    _m("Telephone them on a number you know, and let them read the ten words of their card.")),
    "transfers.card_revoked": (_m("The card of {name} is revoked or replaced."), _UNCHANGED, _m("Ask them for their present card.")),
    "transfers.nobody": (_m("A package is sealed to somebody: nobody was named."), _m("Nothing was sealed."),
                         _m("Choose one officer card or more.")),
    "transfers.no_key": (_m("One of the keys to seal to is damaged."), _m("Nothing was sealed."), _m("Take that officer’s card in again.")),
}

_PACKAGES = {
    "transfers.not_a_package": (_m("This is not a sealed package."), _NOTHING, _m("Choose a file whose name ends in .age.")),
    "transfers.newer": (_m("This package was made by a newer dpdesk."), _NOTHING, _m("Update dpdesk and open it again.")),
    "transfers.altered": (_m("This package was changed or damaged after it was sealed."), _NOTHING,
                          _m("Ask the sender to send it again. If it happens twice, report it as an incident.")),
    "transfers.cut": (_m("This package ends too early: a part of it is missing."), _NOTHING,
                      _m("Fetch it again, or ask the sender to send it again.")),
    "transfers.forged": (_m("The signature in this package is not the sender’s."), _NOTHING,
                         _m("Do not use it, and report it as an incident.")),
    "transfers.not_for_you": (_m("This package is sealed to somebody else."), _NOTHING,
                              _m("Tell the sender; give them your card if they have none.")),
    "transfers.not_addressed": (_m("This package was passed on: its sender did not address it to you."), _NOTHING,
                                _m("Ask the sender for a package of your own.")),
    "transfers.sender_unknown": (_m("This package is from somebody whose card you do not have."), _NOTHING,
                                 _m("Ask the sender for their card, verify it by telephone, and open the package again.")),
    "transfers.sender_unverified": (_m("The card of {name}, who sealed this package, has not been verified yet."), _NOTHING,
                                    _m("Verify it by telephone, and open the package again.")),
    "transfers.sender_revoked": (_m("This package is signed with a key of {name} that was revoked or replaced."), _NOTHING,
                                 _m("Telephone them and ask whether they sealed it; if so, let them seal it again.")),
    "transfers.expired": (_m("This package could be opened until {day}."), _NOTHING, _m("Ask the sender to seal it again.")),
    "transfers.replayed": (_m("This package was opened here on {day} already."), _m("Nothing is taken in twice."),
                           _m("If you need its files once more, open it again on purpose.")),
    "transfers.name_unfit": (_m("“{file}” has a name that not every machine takes."), _m("Nothing was sealed."),
                             _m("Rename it (at most 94 letters; no folder, no colon, no dot in front) and seal again.")),
    "transfers.a_folder": (_m("“{file}” is a folder."), _m("Nothing was sealed."), _m("Choose the files in it.")),
    "transfers.bad_name": (_m("A file in this package has a name that is not a plain file name, or two have the same."), _NOTHING,
                           _m("Ask the sender to rename it and to seal it again.")),
    "transfers.too_large": (_m("This package says it holds more files, or larger ones, than dpdesk takes."), _NOTHING,
                            _m("Split it: at most 20,000 files of 8 GiB each.")),
    "transfers.changed": (_m("A file was changed while it was being sealed."), _m("No package was made."),
                          _m("Close the program that writes it, and seal again.")),
    "transfers.unreadable": (_m("This package cannot be read from the disk."), _NOTHING, _m("Copy it to this machine and try again.")),
    "transfers.spool_gone": (_m("The sealed file of this package is no longer at this desk, or is damaged."), _UNCHANGED,
                             _m("Cancel the transfer and seal the files again.")),
}

_PORTAL = {
    "transfers.not_tested": (_m("{place} has never been tested."), _QUEUED, _m("Test it first: its key is remembered from then on.")),
    "transfers.no_network": (_m("{place} cannot be reached from here."), _QUEUED,
                             _m("Check the network and the address; it is tried again later by itself.")),
    "transfers.no_answer": (_m("{place} did not answer in time."), _QUEUED, _m("It is tried again later.")),
    "transfers.dropped": (_m("The line to {place} broke."), _QUEUED, _m("It goes on where it stopped, at the next try.")),
    "transfers.login": (_m("{place} does not accept the user name or password."), _QUEUED,
                        _m("Enter them again under Destinations, and test.")),
    "transfers.not_allowed": (_m("{place} does not let you do that ({detail})."), _QUEUED,
                              _m("Ask whoever runs it for the right to leave files there.")),
    "transfers.not_there": (_m("The folder or bucket at {place} is not there ({detail})."), _QUEUED,
                            _m("Check its name under Destinations, or ask whoever runs the server.")),
    "transfers.full": (_m("{place} is full."), _QUEUED, _m("Ask whoever runs it to make room; it is tried again later.")),
    "transfers.refused": (_m("{place} refused ({detail})."), _QUEUED, _m("Test the destination; ask whoever runs it if that fails too.")),
    "transfers.half_written": (_m("{place} did not keep what was sent as it was sent."), _QUEUED,
                               _m("It is sent again. If it stays so, tell whoever runs the server.")),
    "transfers.certificate": (_m("The certificate of {place} is not valid, or not for that name."), _m("Nothing was sent."),
                              _m("Check the address. Do not go on from a network you do not know.")),
    "transfers.certificate_new": (_m("No authority that this machine knows vouches for {place}."), _m("Nothing was sent."),
                                  _m("Its certificate is {certificate}, its key {fingerprint}. Compare one of the two with what whoever "
                                     "runs the server gave you. If it is the same, test again and accept it: from then on nothing is sent "
                                     "to any other key.")),
    "transfers.certificate_changed": (_m("{place} shows another key than before."), _m("Nothing was sent."),
                                      _m("Its certificate is {certificate} now, its key {fingerprint}. Ask whoever runs it whether they "
                                         "renewed it. If so, test it and accept the new one.")),
    "transfers.host_key_new": (_m("{place} shows its key for the first time."), _m("Nothing was sent."),
                               _m("The key is {fingerprint}. Compare it with what whoever runs the server gave you. If it is the same, "
                                  "test again and accept it.")),
    "transfers.host_key_changed": (_m("{place} shows another key than before. Somebody may be listening."), _m("Nothing was sent."),
                                   _m("The key is {fingerprint} now. Ask whoever runs it. Only if they changed it, test it and accept the "
                                      "new one.")),
    "transfers.folder_plain": (_m("This drive can be taken away and is not encrypted."), _m("Nothing was written there."),
                               _m("Use an encrypted drive (S1 27.15), or encrypt this one first.")),
    "transfers.folder_unknown": (_m("It cannot be told whether this folder is on an encrypted drive ({fingerprint})."),
                                 _m("Nothing was written there."),
                                 _m("If you know that it is, test it and accept; else use another.")),
    "transfers.object_too_large": (_m("Something at {place} is larger than any part of a package."), _NOTHING,
                                   _m("Tell whoever runs the server.")),
    "transfers.part_missing": (_m("A part of this package is not on the server."), _m("What was fetched is kept, and not fetched again."),
                               _m("Ask the sender to send it again.")),
    "transfers.stopped": (_m("Stopped."), _QUEUED, ""),
    "transfers.destination_in_use": (_m("Something still has to be sent there."), _UNCHANGED,
                                     _m("Send it or cancel it first.")),
    "transfers.no_destination": (_m("No destination was named."), _UNCHANGED, _m("Choose one or more.")),
    "transfers.queued_late": (_m("This package could be opened until {day} only."), _m("Nothing was put into the outbox."),
                              _m("Seal the files again.")),
    "transfers.state": (_m("This transfer has ended."), _UNCHANGED, ""),
    "transfers.not_sent": (_m("This transfer is not on its server yet, or is settled already."), _UNCHANGED,
                           _m("A confirmation is recorded once the package was sent.")),
    "transfers.receipt_bad": (_m("The receipt of {name} is not theirs, or not for this package."), _m("It does not count."),
                              _m("Telephone them. Report it as an incident if they did not send it.")),
}

_PACKS = {
    "transfers.sheets_empty": (_m("Nothing of these sheets was entered or scanned yet."), _m("Nothing was sealed."),
                               _m("Scan them or enter them first.")),
    "transfers.pack_no_sheets": (_m("This session has no sheets yet."), _m("Nothing was sealed."),
                                 _m("Allot its walks and make its sheets, then send the pack.")),
    "transfers.not_a_pack": (_m("This package is no canvass pack and no return of one."), _m("Nothing was taken in."),
                             _m("Open it under Packages.")),
    "transfers.pack_known": (_m("This canvass pack is here already."), _m("Nothing is taken in twice."), ""),
    "transfers.pack_step": (_m("This does not fit where the pack has come to, or is not from whoever has it."), _m("Nothing was taken in."),
                            _m("Look at the packs: out, returned, taken in, erased.")),
    "transfers.pack_strange": (_m("This return speaks of sheets that were not in the pack."), _m("Nothing was taken in."),
                               _m("Do not use it, and ask the lead.")),
}

FAILURES = _CARDS | _PACKAGES | _PORTAL | _PACKS
