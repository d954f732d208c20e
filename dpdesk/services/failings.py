"""The sentences of failures by code, each as (what happened, what is safe, what to do); `sentences.py` picks and fills them.

In each table "" stands for a code it does not know.
"""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

Table = dict[str, tuple[str, str, str]]

_UNCHANGED = _m("Nothing was changed.")
_BACKUP = _m("If you have a backup, keep this folder as it is, restore the backup to another folder and open that.")
_STILL_LOCKED = _m("What is in the desk stays encrypted.")

PLAIN: Table = {
    "refused": (_m("A rule of this desk does not allow that."), _UNCHANGED, ""),
    "not_possible": (_m("That is not possible here and now."), _UNCHANGED, ""),
    "damaged": (_m("What is stored is not what was written."), _UNCHANGED, _BACKUP),
    "last_accountable": (
        _m("This would leave the desk without an accountable person."), _UNCHANGED,
        _m("Make another officer the accountable person first.")),
    "read_only": (
        _m("The desk is open for reading only."), _UNCHANGED,
        _m("Close it where else it is open, then open it here again to change something.")),
    "no_desk": (_m("There is no desk in {folder}."), "", _m("Choose another folder, or create a desk there.")),
    "not_writable": (
        _m("{path} cannot be written to."), _UNCHANGED,
        _m("Choose a folder of your own, or ask whoever looks after this machine.")),
    "disk_full": (
        _m("The disk is full at {path}."), _m("Nothing was half-done: all that was saved before is still there."),
        _m("Free some space and try again.")),
    "too_new": (
        _m("This desk was written by a newer dpdesk (format {found})."), _UNCHANGED,
        _m("Install the newest dpdesk and open it with that.")),
    "no_screen": (
        _m("The window needs a screen, and there is none here."), "",
        _m("Start it from a desktop session, or use the commands: dpdesk --help lists them.")),
    "cancelled": (_m("Stopped, as you asked."), _UNCHANGED, ""),
    "foreign_header": (
        _m("The key file in this folder belongs to another desk than the database beside it."), _STILL_LOCKED,
        _m("Put the files back as they were together. A backup holds both.")),
}
NOT_ACTIVE: Table = {
    "suspended": (_m("Your access has been suspended since {since}."), "", _m("Ask the accountable person.")),
    "ended": (_m("Your last day of access was {since}."), "", _m("Ask the accountable person for a new date.")),
    "removed": (_m("You have not been an officer of this desk since {since}."), "", _m("Ask the accountable person.")),
    "": (_m("You cannot come in at present (since {since})."), "", _m("Ask the accountable person.")),
}
NOT_ACTIVE_UNDATED: Table = {
    "suspended": (_m("Your access is suspended."), "", _m("Ask the accountable person.")),
    "ended": (_m("Your access has ended."), "", _m("Ask the accountable person for a new date.")),
    "removed": (_m("You are no longer an officer of this desk."), "", _m("Ask the accountable person.")),
    "": (_m("You cannot come in at present."), "", _m("Ask the accountable person.")),
}
WEAK: Table = {
    "short": (_m("This passphrase is too short to be safe."), "",
              _m("Four or five words that do not belong together are long enough and easy to remember.")),
    "common": (_m("This passphrase is on the lists of common and leaked ones that are tried first."), "",
               _m("Choose another: four or five words that do not belong together are good.")),
    "guessable": (_m("This passphrase could be guessed too soon."), "",
                  _m("Make it longer: add two or three words that do not belong together.")),
    "personal": (_m("This passphrase leans on your name, your branch or your party."), "",
                 _m("Choose words that have nothing to do with you.")),
    "": (_m("This passphrase is not strong enough."), "", _m("Choose a longer one.")),
}
STOP_HOLDS: Table = {
    "imported": (_m("A list that says “yes” does not lift a stop."), _m("The stop still holds."),
                 _m("Ask the person; record their own consent with its wording and evidence.")),
    "withdrawn": (_m("This consent has been withdrawn."), _m("The stop still holds."), ""),
    "no_evidence": (_m("This consent has no evidence on record."), _m("The stop still holds."),
                    _m("Say where the evidence is kept: the form, the e-mail, who heard it and when.")),
    "no_wording": (_m("It is not recorded what the person agreed to."), _m("The stop still holds."),
                   _m("Enter the words the person agreed to.")),
    "older": (_m("This consent is older than the stop."), _m("The stop still holds."),
              _m("Only consent given after the stop was set can lift it.")),
    "other_channel": (_m("This consent is for another channel."), _m("The stop still holds."),
                      _m("Consent for this channel is needed.")),
    "no_consent": (_m("There is no such consent of this person on record."), _m("The stop still holds."),
                   _m("Record the person’s own consent first.")),
    "": (_m("Only fresh consent with its evidence lifts a stop."), _m("The stop still holds."), ""),
}
UNDO: Table = {
    "not_an_edit": (_m("Only an edit can be undone, and this was something else."), _UNCHANGED, ""),
    "changed_since": (_m("{fields}: changed again since, so undoing would lose that newer change."), _UNCHANGED,
                      _m("Undo the newer change first, or edit the record.")),
    "erased": (_m("The earlier values were erased, as the policy asks."), _UNCHANGED, _m("Edit the record instead.")),
    "already_undone": (_m("This edit has been undone already."), _UNCHANGED, ""),
    "": (_m("This cannot be undone."), _UNCHANGED, ""),
}
TAKEN: Table = {
    "desk": (_m("There is a desk in {folder} already."), _m("It was not touched."),
             _m("Open it, or choose another folder for the new one.")),
    "": (_m("{folder} holds other files."), _m("They were not touched."), _m("Choose an empty or a new folder.")),
}
_COLUMNS = _m("Look again at what each column becomes.")
IMPORT: Table = {
    "no_name_column": (_m("No column of this list gives a name."), "", _m("Say which column holds the surname or the whole name.")),
    "field_twice": (_m("Two columns would go to one field: {columns}."), "", _m("Leave one of them out.")),
    "refused_column": (_m("The party’s policy has no purpose for {columns}."), "", _m("Leave that column out.")),
    "stop_left_out": (_m("{columns}: this column holds opt-outs, and they may not be lost."), "",
                      _m("Let it become an opt-out.")),
    "unknown_target": (_m("{columns}: there is nothing of that name a column could become."), "", _COLUMNS),
    "no_number_column": (_m("No column of this file gives electors’ numbers with their polling district."), "",
                         _m("Say which columns hold the district and the number, or which district the bare numbers belong to.")),
    "no_status_column": (_m("No column of this file says what is added, changed or deleted."), "",
                         _m("Take it as a full register, or say which column holds A, M and D.")),
    "list_changed": (_m("The file has changed since it was looked at."), "", _m("Open it again, and look at the new preview.")),
    "": (_m("This list cannot come in as it is."), "", _COLUMNS),
}
_AS_CSV = _m("Save it again as CSV or XLSX from your spreadsheet, and try that.")
_ASK = _m("Ask for the list again, and try the new file.")
UNREADABLE: Table = {
    "missing": (_m("There is no file “{name}” there."), "", _m("Look where it was saved.")),
    "unreadable": (_m("This machine does not let dpdesk read “{name}”."), "", _m("Copy it to your own folder and try that.")),
    "empty": (_m("“{name}” is empty."), "", _ASK),
    "no_rows": (_m("“{name}” has headers and no rows."), "", _ASK),
    "no_header": (_m("“{name}” begins with values, not with the names of its columns."), "",
                  _m("Put the names of the columns into the first row.")),
    "one_column": (_m("“{name}” has only one column; nothing in it parts one column from the next."), "", _AS_CSV),
    "binary": (_m("“{name}” is not a list: it is neither text nor a workbook."), "", _AS_CSV),
    "nul": (_m("“{name}” holds characters no text has (near line {detail})."), "", _AS_CSV),
    "line_too_long": (_m("“{name}” has a line longer than any list has (line {detail})."), "", _AS_CSV),
    "cell_too_long": (_m("“{name}” has a cell longer than any list has (near line {detail})."), "",
                      _m("A quotation mark that is never closed does that: look there, or save the list again.")),
    "too_big": (_m("“{name}” is larger than dpdesk reads."), "", _m("Split it into several files.")),
    "too_many_rows": (_m("“{name}” has more than {detail} rows."), "", _m("Split it into several files.")),
    "too_many_columns": (_m("“{name}” has {detail} columns; a membership list has fewer than 200."), "",
                         _m("Take out what is not needed.")),
    "duplicate_header": (_m("Two columns of “{name}” are called “{detail}”."), "", _m("Rename one of them or take it out.")),
    "old_excel": (_m("“{name}” is in an old Excel format (.xls)."), "", _m("Open it and save it as .xlsx or CSV.")),
    "password": (_m("“{name}” is locked with a password."), "", _m("Open it and save it without one, then delete that copy.")),
    "zip_bomb": (_m("“{name}” would unpack to far more than a list can hold, so it was not opened."), "",
                 _m("Ask whoever sent it what it is.")),
    "not_a_workbook": (_m("“{name}” is an archive, not an .xlsx workbook."), "", _AS_CSV),
    "damaged_workbook": (_m("“{name}” is damaged and cannot be opened."), "", _ASK),
    "no_sheet": (_m("No sheet of “{name}” has anything in it."), "", _ASK),
    "changed": (_m("“{name}” changed while it was being read."), "", _m("Let the other program finish, then try again.")),
    "not_pdf_or_csv": (_m("The log can be written as PDF or CSV, and “{name}” ends in neither."), "",
                       _m("End the name in .pdf or .csv.")),
    "no_signature": (_m("There is no signature beside “{name}”."), "", _m("Keep the file and its .sig together.")),
    "bad_signature": (_m("The signature beside “{name}” is not genuine."), "", _m("Do not rely on this file.")),
    "foreign_signature": (_m("“{name}” was not signed by an officer of this desk."), "", _m("Do not rely on this file.")),
    "altered": (_m("“{name}” was changed after it was signed."), "", _m("Do not rely on this file.")),
    "": (_m("“{name}” cannot be read as a list."), "", _AS_CSV),
}
HEADER: Table = {
    "missing": (_m("The desk’s key file is missing."), _STILL_LOCKED,
                _m("Look for it where the folder came from, or restore a backup. Without it nobody can open the desk.")),
    "": (_m("The desk’s key file is damaged and cannot be read."), _STILL_LOCKED, _BACKUP),
}
ALTERED: Table = {
    "epoch": (_m("The desk’s key file is an older one than the desk has seen."), _STILL_LOCKED,
              _m("Somebody may have put an old copy back. Find out who, and put the newest one back.")),
    "parameters": (_m("The protection of a passphrase was weakened in the desk’s key file."), _STILL_LOCKED,
                   _m("Do not type your passphrase again here. Tell the accountable person and restore a backup.")),
    "": (_m("The desk’s key file was changed by something other than dpdesk."), _STILL_LOCKED,
         _m("Tell the accountable person, and restore the key file from a backup.")),
}
DATABASE: Table = {
    "missing": (_m("The desk’s database is missing."), _m("The key file is still there."), _BACKUP),
    "empty": (_m("The desk’s database is empty (0 bytes)."), _m("Nothing was written over it."), _BACKUP),
    "cut": (_m("The end of the desk’s database is missing."), _m("Nothing was written over it."), _BACKUP),
    "pages": (_m("Parts of the desk’s database are damaged (pages {pages})."), _m("Nothing was written over them."),
              _BACKUP),
    "unreadable": (_m("The desk’s database is damaged and cannot be read. The passphrase is right."),
                   _m("Nothing was written over it."), _BACKUP),
    "": (_m("The desk’s database is damaged."), _m("Nothing was written over it."), _BACKUP),
}
_ANOTHER = _m("Use another backup, and make a new one soon.")
BACKUP: Table = {
    "not_one": (_m("This file is not a backup made by dpdesk."), _m("Nothing was changed."),
                _m("Choose a file that ends in .dpdesk.")),
    "cut": (_m("The end of this backup is missing."), _m("Nothing was changed."), _ANOTHER),
    "altered": (_m("This backup is damaged, or was changed after it was made."), _m("Nothing was changed."), _ANOTHER),
    "other_key": (_m("Your key does not open this backup: it was made before you had one, or of another desk."),
                  _m("Nothing was changed."), _m("Ask an officer who had a key then, or use the recovery key of that time.")),
    "": (_m("This backup is not what the desk was when it was made."), _m("Nothing was changed."), _ANOTHER),
}
_GO_ON = _m("If you know why, open it with what is there; the gap is recorded in the audit log. If not, tell the "
            "accountable person before anyone works on.")
ROLLED_BACK: Table = {
    "older_copy": (_m("This is an older copy of the desk: it ends at entry {found}, and {expected} was there before."),
                   _m("Nothing was written over it."), _GO_ON),
    "wal_missing": (_m("The last changes are missing: a file beside the database is gone (entry {found} of {expected})."),
                    _m("All before that is there."),
                    _m("Put the file that ends in “-wal” back if you have it. If you know why it is gone, open the desk with "
                       "what is there; the gap is recorded in the audit log.")),
    "wal_damaged": (_m("The last changes are damaged in the file beside the database (entry {found} of {expected})."),
                    _m("All before that is there."), _GO_ON),
    "forked": (_m("This copy of the desk went another way than the one opened here last (entry {found})."),
               _m("Nothing was written over either."),
               _m("Two copies were worked on apart. Find the right one before anyone works on.")),
    "": (_m("This desk ends at entry {found}, and entry {expected} was there before."),
         _m("Nothing was written over it."), _GO_ON),
}
ERASE: Table = {
    "held": (_m("A hold is on record for {count} of them, so nobody was erased."), _UNCHANGED,
             _m("Look at the hold: end it if its reason has passed, or leave those people out.")),
    "": (_m("They cannot be erased now."), _UNCHANGED, ""),
}
ROLL_BACK: Table = {
    "depending": (_m("This list cannot be taken back: more was done since for {count} of its people."), _UNCHANGED,
                  _m("Look at who they are, and undo that first if it was a mistake.")),
    "superseded": (_m("A newer list replaced this one, and what it changed is erased."), _UNCHANGED,
                   _m("Take the newer list back, or edit the records.")),
    "rolled_back": (_m("This list has been taken back already."), _UNCHANGED, ""),
    "destroyed": (_m("This file has been destroyed."), _UNCHANGED, ""),
    "destroyed_before": (_m("The register before this one has been destroyed, so there is nothing to go back to."), _UNCHANGED,
                         _m("Bring the right file in instead.")),
    "not_due": (_m("This file is in force, and its day has not come."), _UNCHANGED,
                _m("Take it back if it was a mistake, or bring the newer register in first.")),
    "": (_m("This list cannot be taken back."), _UNCHANGED, ""),
}
USE: Table = {
    "not_electoral": (_m("The electoral register may be used for electoral purposes only, and this is none."), _UNCHANGED,
                      _m("Use the members list, with the consents it holds. Other use of the register is an offence.")),
    "passing_on": (_m("The electoral register may not be passed on."), _UNCHANGED,
                   _m("Whoever is entitled to it asks the electoral registration officer for a copy of their own.")),
    "donations": (_m("A file of the register was supplied without the checking of donations among its uses."), _UNCHANGED,
                  _m("Ask the electoral registration officer, and record the supply with that use.")),
    "expired": (_m("A file of the register is past the day by which it is to be destroyed."), _UNCHANGED,
                _m("Destroy it on the page of the register’s files, or bring in the newer one.")),
    "none": (_m("There is no register on this desk."), _UNCHANGED, _m("Bring in the file the council supplied.")),
    "": (_m("The electoral register may not be used so."), _UNCHANGED, ""),
}
_NO_COPY = _m("No copy was made.")
PLACE: Table = {
    "synced": (_m("This folder is copied to other places by {name}, where nobody here can delete it."), _NO_COPY,
               _m("Choose a folder on this machine that is not copied elsewhere.")),
    "removable_plain": (_m("This drive can be pulled out and is not encrypted."), _NO_COPY,
                        _m("Choose this machine’s own disk, or an encrypted drive.")),
    "removable_unknown": (_m("This drive can be pulled out, and dpdesk cannot tell whether it is encrypted."), _NO_COPY,
                          _m("Go on only if you know that it is: your answer is recorded.")),
    "network": (_m("This folder lies on another machine, and dpdesk cannot tell who can read it there."), _NO_COPY,
                _m("Go on only if you know that it is encrypted and kept by your party: your answer is recorded.")),
    "volume_unknown": (_m("dpdesk cannot tell what kind of drive this is, nor whether it is encrypted."), _NO_COPY,
                       _m("Go on only if you know that it is this machine’s own disk: your answer is recorded.")),
    "": (_m("dpdesk cannot tell whether this is a safe place."), _NO_COPY, _m("Choose this machine’s own disk.")),
}
NOBODY: Table = {
    "no_permission": (_m("None of these {count} people has permitted sharing with that body."), _m("Nothing was written."),
                      _m("Ask them, and record who says yes; or choose somebody else to write for.")),
    "": (_m("Nobody is on this list."), _m("Nothing was written."), _m("Choose other people, or take a filter away.")),
}
COPY_STAYS: Table = {
    "there": (_m("The file is still there: {path}."), _m("It stays on the list."), _m("Delete it first, here or in your files.")),
    "changed": (_m("A file of that name is there, but with other content than was written: {path}."), _m("It stays on the list."),
                _m("Look at it, and delete or move it yourself; then close it here.")),
    "in_wastebasket": (_m("The file lies in the wastebasket, where it can still be read."), _m("It stays on the list."),
                       _m("Empty the wastebasket, then close it here.")),
    "out_of_sight": (_m("The place it was written to is not there now, so dpdesk cannot look: {path}."),
                     _m("It stays on the list."), _m("Put the drive in again, or say how the copy was destroyed.")),
    "closed": (_m("This copy has been taken off the list already."), _UNCHANGED, ""),
    "": (_m("This copy cannot be taken off the list."), _m("It stays on the list."), ""),
}
