"""The words of devices: states, what each check saw, why a point matters, and the names of disposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dpdesk.domain.device import Result, Standing, State
from dpdesk.services.dates import day
from dpdesk.services.names import _named, confidentiality_name
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

if TYPE_CHECKING:
    from dpdesk.services.disposals import Entry
    from dpdesk.store.desk_end import Ended

STATES = {"pass": _m("Passed"), "fail": _m("To be put right"), "warning": _m("To be improved"), "cannot_tell": _m("Cannot tell"),
          "not_applicable": _m("Does not apply"), "attested": _m("Attested")}
DEVICE_KINDS = {"laptop": _m("Laptop"), "desktop": _m("Desktop computer"), "tablet": _m("Tablet"), "phone": _m("Phone")}
OWNERSHIPS = {"own": _m("my own"), "branch": _m("the branch’s"), "party": _m("the party’s"), "employer": _m("my employer’s")}
HOW = {"first": _m("first check"), "asked": _m("asked for"), "weekly": _m("weekly"), "update": _m("after a system update"),
       "one": _m("one point"), "report": _m("from a report")}
HANDOVER_KINDS = {"leaving": _m("I am leaving office"), "replacing": _m("I am replacing this device")}
HANDOVER_STEPS = {"successor": _m("Who takes over"), "sheets": _m("Sheets"), "copies": _m("Copies"), "desk": _m("Hand the desk over"),
                  "wipe": _m("Wipe"), "sign": _m("Signature")}
WIPES = {"desk_erased": _m("Desk erased, on an encrypted disk"), "disk_erased": _m("Whole disk erased"),
         "device_reset": _m("Reset to new, with its keys"), "device_destroyed": _m("Device destroyed")}
ITEMS = {"laptop": _m("Laptop"), "desktop": _m("Desktop computer"), "phone": _m("Phone"), "tablet": _m("Tablet"),
         "hard_disk": _m("Hard disk"), "solid_state": _m("Solid-state drive"), "stick": _m("USB stick"), "card": _m("Memory card"),
         "disc": _m("CD or DVD"), "paper": _m("Paper"), "other": _m("Something else")}
METHODS = {"clear": _m("Clear (overwritten)"), "purge": _m("Purge (erased by the drive itself, or its keys destroyed)"),
           "destroy": _m("Destroy (shredded, drilled, pulped)")}
FATES = {"reuse": _m("Used on in the branch"), "returned": _m("Given back to its owner"), "sold": _m("Sold or given away"),
                "repair": _m("Sent for repair"), "recycled": _m("Recycled"), "destroyed": _m("Nothing is left"),
                "lost": _m("Not got back: lost or stolen")}
STRAYS = {"register": _m("looks like a register of electors"), "people": _m("looks like a list of members or contacts")}
MATTERS = {
    "27.1": _m("What is on your device is the branch’s to answer for, wherever the device is."),
    "27.2": _m("Whoever knows the passcode reads everything you can read."),
    "27.3a": _m("A device left open on a train table is an open filing cabinet."),
    "27.3b": _m("Most lost data was on a device that somebody left for a minute."),
    "27.4": _m("Break-ins use holes that were mended weeks before."),
    "27.5": _m("If this device is lost tonight, the desk should still be there tomorrow."),
    "27.6": _m("The policy wants no data on personal devices. Keeping a desk on one is an exception that the accountable person has to "
               "approve, with what makes up for it."),
    "27.7": _m("People at home may use the device, and must not come upon members’ details."),
    "27.8": _m("Each forgotten copy is one more that can be lost."),
    "27.9": _m("Data left on an old laptop is found by its next owner."),
    "27.10": _m("A passcode does not protect a disk that is taken out. Encryption does."),
    "27.11": _m("The regulator must hear of a breach within 72 hours, and the clock starts with you."),
    "27.12": _m("Devices come with protections that only help when they are switched on."),
    "27.13": _m("Anybody can put up a network called “Free Wi-Fi”, and a device that joins by itself hands its traffic over."),
    "27.14": _m("What is switched off cannot be attacked."),
    "27.15": _m("A stick is the easiest thing of all to lose."),
}
STATEMENTS = {  # what an officer says by attesting
    "27.1": _m("This device is protected as the policy asks, and I know whose it is."),
    "27.2": _m("The passcode is strong (at least 8 characters, 6 digits on a phone), and nobody else knows it."),
    "27.3a": _m("The screen locks by itself after {autolock} minutes at most."),
    "27.3b": _m("I close it or lock it whenever I leave it, and never leave it in sight in a car or café."),
    "27.4": _m("Updates are installed within {updates} days, and the system still gets them."),
    "27.5": _m("The desk is backed up elsewhere, and the backup was tried out."),
    "27.7": _m("Nobody else at home uses my account on this device."),
    "27.8": _m("I have looked through this device for copies of branch data, and deleted those not needed."),
    "27.9": _m("All branch data was deleted from this device."),
    "27.10": _m("The whole device is encrypted, and I have seen that it is."),
    "27.11": _m("I know that I tell {contact} of any breach, at once."),
    "27.12": _m("I have been through the security settings, and switched on what this device offers."),
    "27.13": _m("This device joins no open network by itself, and I think before I join one."),
    "27.14": _m("I switch Bluetooth and Wi-Fi off when I am not using them."),
    "27.15": _m("I put branch data on no drive that is not encrypted."),
}


def state_name(standing: Standing) -> str:
    """Where a point stands, in a word or two; a warning is no pass."""
    return _named(STATES, state_code(standing))


def state_code(standing: Standing) -> str:
    """`warning` for a fail that is one, else the state's own code."""
    return "warning" if standing.state is State.FAIL and standing.mild else standing.state.value


def matters(point: str) -> str:
    """Why a point matters, in one sentence."""
    return tr(MATTERS[point])


def statement(point: str, **facts: object) -> str:
    """What an officer says by attesting; `facts` are the policy's limits and contact."""
    return tr(STATEMENTS[point], **facts) if point in STATEMENTS else ""


def seen_sentence(result: Result) -> str:
    """What one check saw, as a sentence with its numbers."""
    from dpdesk.services.device_seen import SEEN
    words = SEEN.get(f"{result.check}.{result.why}") or SEEN.get(f"*.{result.why}") or _m("dpdesk cannot see this here.")
    facts = {name: _fact(name, value) for name, value in result.facts.items()}
    facts = {"minutes": "?", "until": "", "system": "", "version": "", "how": "", **facts, "ago": _ago(result.facts.get("days"))}
    return tr(words, **facts)


def _ago(days: object) -> str:
    if not isinstance(days, int):
        return tr("at a time nobody knows")
    return tr("today") if days == 0 else trn("{n} day ago", "{n} days ago", days)


def _fact(name: str, value: object) -> str:
    if name == "until":
        return day(str(value))
    if name == "system":
        return SYSTEMS.get(str(value), str(value))
    if name in ("ways", "how", "by"):
        parts = value if isinstance(value, list | tuple) else str(value).split("+")
        return ", ".join(_named(WAYS, str(each)) for each in parts)
    if name == "points":
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"{value:,}" if type(value) is int else str(value)


SYSTEMS = {"debian": "Debian", "ubuntu": "Ubuntu", "fedora": "Fedora", "linuxmint": "Linux Mint", "arch": "Arch Linux",
    "windows": "Windows",
           "macos": "macOS"}
WAYS = {"ssh": _m("remote login (SSH)"), "telnet": _m("Telnet"), "remote_desktop": _m("Remote Desktop"), "vnc": _m("screen sharing"),
        "remote_management": _m("remote management"), "screen_sharing": _m("screen sharing"), "remote_login": _m("remote login (SSH)"),
        "remote_apple_events": _m("remote Apple events"), "luks": _m("LUKS"), "dm_crypt": _m("dm-crypt"), "zfs": _m("ZFS"),
        "fscrypt": _m("fscrypt"), "ecryptfs": _m("eCryptfs"), "gocryptfs": _m("gocryptfs"), "veracrypt": _m("VeraCrypt"),
        "bitlocker": _m("BitLocker"), "filevault": _m("FileVault"), "cryfs": _m("CryFS"), "encfs": _m("EncFS"), "securefs": _m("securefs"),
        "osquery": _m("osquery")}


def summary(standings: tuple[Standing, ...]) -> str:
    """"9 of 16 points are seen to be good, 2 are attested, 1 does not apply, 2 are to be put right, 2 wait for your word.\""""
    states = Counter(each.state for each in standings)
    mend, tell = sum(each.rank >= 2 for each in standings), sum(each.rank == 1 for each in standings)
    parts = [trn("{n} of {all} points is seen to be good", "{n} of {all} points are seen to be good", states[State.PASS],
                 all=len(standings))]
    if states[State.ATTESTED]:
        parts.append(trn("{n} is attested", "{n} are attested", states[State.ATTESTED]))
    if states[State.NOT_APPLICABLE]:
        parts.append(trn("{n} does not apply", "{n} do not apply", states[State.NOT_APPLICABLE]))
    if mend:
        parts.append(trn("{n} is to be put right", "{n} are to be put right", mend))
    if tell:
        parts.append(trn("{n} waits for your word", "{n} wait for your word", tell))
    return ", ".join(parts) + "."


def word_sentence(standing: Standing, names: Mapping[str, str]) -> str:
    """Whose word a point rests on, since when and until when."""
    word, allowed = standing.attestation, standing.allowance
    if allowed is not None and standing.state is not State.FAIL:
        return tr("Permitted by {who} on {day}, until {until}. Controls: {controls}.", who=names.get(allowed.approved_by, ""),
                  day=day(allowed.approved_at), until=day(allowed.until), controls=", ".join(allowed.controls))
    if word is None or standing.state is not State.ATTESTED:
        return ""
    said = tr("Attested by {who} on {day}, until {until}.", who=names.get(word.officer, ""), day=day(word.at), until=day(word.until))
    return f"{said} “{word.said}”" if word.said else said


def device_kind_name(code: str) -> str:
    """"Laptop"."""
    return _named(DEVICE_KINDS, code)


def ownership_name(code: str) -> str:
    """"the branch’s"."""
    return _named(OWNERSHIPS, code)


def how_name(code: str) -> str:
    """Why it was looked at."""
    return _named(HOW, code)


def item_name(code: str) -> str:
    """What is disposed of."""
    return _named(ITEMS, code)


def method_name(code: str) -> str:
    """How it was made unreadable."""
    return _named(METHODS, code)


def fate_name(code: str) -> str:
    """Where it went."""
    return _named(FATES, code)


def wipe_name(code: str) -> str:
    """How a device was wiped."""
    return _named(WIPES, code)


def stray_name(code: str) -> str:
    """What a stray list looks like."""
    return _named(STRAYS, code)


def step_name(code: str) -> str:
    """A step of a handover."""
    return _named(HANDOVER_STEPS, code)


def ended_facts(ended: Ended) -> list[tuple[str, str]]:
    """What erasing a desk destroyed, and what looking again found, as labels and values for the page and the certificate."""
    from dpdesk.services.names import removal_name
    from dpdesk.services.transfers_words import size
    keys = trn("{n} key destroyed", "{n} keys destroyed", ended.keys)
    lost = tr("The database was given a key that nobody has, then the header was overwritten and deleted: {keys}.", keys=keys) \
        if ended.rekeyed else tr("The header was overwritten and deleted: {keys}.", keys=keys)
    return [(label, value) for label, value in (
        (tr("Method"), tr("Purge (cryptographic erase)")), (tr("Keys"), lost),
        (tr("Files"), trn("{n} file, {size}: {how}.", "{n} files, {size}: {how}.", ended.files, size=size(ended.size),
                          how=removal_name(ended.how))),
        (tr("How it was verified"), tr("Looked again: there is no key in the folder that would open anything.") if ended.unreadable
         else tr("Looked again: the header is still there. Erase the whole disk.")),
        (tr("Still there"), ", ".join(ended.stayed)),
        (tr("Other files"), trn("{n} file in the folder is not the desk’s and was left.",
                                "{n} files in the folder are not the desk’s and were left.", ended.others) if ended.others else ""))
        if value]


def disposal_facts(entry: Entry) -> list[tuple[str, str]]:
    """An entry of the disposal log as labels and values, for the page and the certificate."""
    made = entry.disposal
    return [(label, value) for label, value in (
        (tr("Number"), made.number), (tr("Item"), f"{item_name(made.item.value)}: {made.description}"),
        (tr("Serial number"), made.serial), (tr("Data it held"), confidentiality_name(made.data_class.value)),
        (tr("Method"), method_name(made.means.value)), (tr("Tool or process"), made.tool),
        (tr("How it was verified"), f"{made.verified} ({made.verified_by})"),
        (tr("Third party"), " · ".join(filter(None, (made.third_party, made.certificate)))),
        (tr("Done by"), made.done_by), (tr("Where"), made.place), (tr("When"), day(made.done_on)),
        (tr("Then"), fate_name(made.fate.value)), (tr("Noted by"), entry.officer),
        (tr("Authorised by"), entry.authorised or tr("not yet"))) if value]
