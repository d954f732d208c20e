"""The sentences of failures by code, each as (what happened, what is safe, what to do); `sentences.py` picks and fills them.

In each table "" stands for a code it does not know.
"""

from __future__ import annotations

from dpdesk.services.translation import marked as _m
from dpdesk.services.wording import joined

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
    "ended": (_m("This consent has ended."), _m("The stop still holds."), _m("Ask the person again, and record the new consent.")),
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
    "stop": (_m("A stop on contact is not undone."), _m("The stop still holds."),
             _m("Only fresh consent of the person, with its evidence, lifts it.")),
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
    "older_list": (_m("A newer list of the whole membership is on the desk already; an older one does not replace it."), "",
                   _m("Correct the day the list speaks of, or bring it in as a part of the membership.")),
    "": (_m("This list cannot come in as it is."), "", _COLUMNS),
}
_AS_CSV = _m("Save it again as CSV or XLSX from your spreadsheet, and try that.")
_AS_EML = _m("Save the mail as a file from your mail program (“.eml”), or paste its words.")
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
    "web_page": (_m("“{name}” is a web page or XML under another name: some systems export that."), "",
                 _m("Open it in a spreadsheet and save it as .xlsx or CSV.")),
    "password": (_m("“{name}” is locked with a password."), "", _m("Open it and save it without one, then delete that copy.")),
    "zip_bomb": (_m("“{name}” would unpack to far more than a list can hold, so it was not opened."), "",
                 _m("Ask whoever sent it what it is.")),
    "not_a_workbook": (_m("“{name}” is an archive, not an .xlsx workbook."), "", _AS_CSV),
    "damaged_workbook": (_m("“{name}” is damaged and cannot be opened."), "", _ASK),
    "no_sheet": (_m("No sheet of “{name}” has anything in it."), "", _ASK),
    "quote_open": (_m("In “{name}” a quotation mark is opened in line {detail} and never closed, so all below it would be lost."), "",
                   _m("Close it or take it out, or save the list again as XLSX.")),
    "folder": (_m("“{name}” is a folder."), "", _m("Name the file in it.")),
    "changed": (_m("“{name}” changed while it was being read."), "", _m("Let the other program finish, then try again.")),
    "evidence_empty": (_m("There is nothing in “{name}”."), "", _m("Scan or save it again, and attach the new file.")),
    "evidence_too_big": (_m("“{name}” is larger than {detail} MB, the most that is kept as evidence."), "",
                         _m("Scan it again with less detail, or in black and white.")),
    "evidence_kind": (_m("“{name}” is not a PDF, a picture, an e-mail (.eml) or plain text, whatever its name says."), "",
                      _m("Print it to a PDF, or take a picture of it, and attach that.")),
    "not_pdf_or_csv": (_m("The log can be written as PDF or CSV, and “{name}” ends in neither."), "",
                       _m("End the name in .pdf or .csv.")),
    "no_signature": (_m("There is no signature beside “{name}”."), "", _m("Keep the file and its .sig together.")),
    "bad_signature": (_m("The signature beside “{name}” is not genuine."), "", _m("Do not rely on this file.")),
    "foreign_signature": (_m("“{name}” was not signed by an officer of this desk."), "", _m("Do not rely on this file.")),
    "altered": (_m("“{name}” was changed after it was signed."), "", _m("Do not rely on this file.")),
    "mail_empty": (_m("“{name}” is empty."), "", _AS_EML),
    "mail_too_big": (_m("“{name}” is larger than any mail dpdesk reads."), "", _m("Save fewer messages into one file.")),
    "not_mail": (_m("“{name}” is not a mail: no sender, subject or date stands at its beginning."), "", _AS_EML),
    "outlook_msg": (_m("“{name}” is in Outlook’s own format."), "", _AS_EML),
    "mail_packed": (_m("“{name}” is packed, so it was not opened."), "", _m("Unpack it, and drop the mails in it.")),
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
    "pages": (_m("Parts of the desk’s database are damaged{pages}."), _m("Nothing was written over them."),
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
_NOT_SENT = _m("Nothing was sent.")
_AGAIN = _m("Try again later: who has had it does not get it again.")
MAILING: Table = {
    "nobody": (_m("Nobody is left to write to: {count} people were left out, each for a reason."), _NOT_SENT,
               _m("Look at the reasons, and choose other people or another purpose.")),
    "unknown_field": (_m("There is no field {columns} that a letter could be filled in with."), _NOT_SENT,
                      _m("Take one of those listed beside the letter, such as {{{{forename|friend}}}}.")),
    "field_open": (_m("The letter holds “{{{{” that begins no field."), _NOT_SENT,
                   _m("Write fields like {{{{forename|friend}}}}, or take the brackets out.")),
    "field_in_link": (_m("A field stands inside the address of a link, where it would tell a web site who reads it."), _NOT_SENT,
                      _m("Take it out of the link.")),
    "strictly_confidential": (_m("What is strictly confidential may not be mailed to many."), _NOT_SENT,
                              _m("Tell those concerned one by one.")),
    "attachment_is_copy": (_m("{columns} is on the list of copies that left the desk, and such a file is not mailed."), _NOT_SENT,
                           _m("Take it out of the letter.")),
    "attachment_is_list": (_m("{columns} holds the addresses of {count} people on the desk."), _NOT_SENT,
                           _m("Take it out of the letter, or take the addresses out of the file.")),
    "not_approved": (_m("It is for {count} people, so a second officer has to approve it first."), _NOT_SENT,
                     _m("Ask another officer who may approve e-mails; they see it on their page.")),
    "own_approval": (_m("Who wrote it cannot be the one who approves it."), _NOT_SENT, _m("Ask another officer.")),
    "state": (_m("Where this mailing stands, that cannot be done with it."), _NOT_SENT, _m("Look at it again.")),
    "too_long": (_m("So many addresses do not fit into one link."), _NOT_SENT, _m("Copy them in batches, or write drafts.")),
    "no_agreement": (_m("There is no agreement with this bulk mailer on record that is in force."), _NOT_SENT,
                     _m("Record the agreement first: without one nobody outside may be given the list.")),
    "no_sender": (_m("It is not known from which address it would come."), _NOT_SENT, _m("Enter the branch’s e-mail address.")),
    "": (_m("This mailing cannot go out like that."), _NOT_SENT, ""),
}
_LOOK = _m("Look at the account’s settings.")
_STOPPED = _m("Nobody was sent anything in plain, and your password was not told.")
SERVER: Table = {
    "no_tls": (_m("{host} offers no encrypted line."), _STOPPED, _m("Ask your provider for its encrypted port, often 465 or 587.")),
    "certificate": (_m("The certificate of {host} is not signed by anybody this machine trusts."), _STOPPED,
                    _m("Go no further: somebody may be listening. Ask your provider.")),
    "certificate_expired": (_m("The certificate of {host} has run out."), _STOPPED,
                            _m("Check this machine’s clock, then ask your provider.")),
    "certificate_name": (_m("The certificate shown is not that of {host}."), _STOPPED,
                         _m("Check the server’s name: somebody may be standing between.")),
    "authority_bad": (_m("The certificate authority that was given cannot be read."), _NOT_SENT, _m("It is a file in PEM form.")),
    "login": (_m("{host} does not accept the user name and password."), _NOT_SENT,
              _m("Most providers want an app password made for dpdesk, not your own. Nobody was counted as failed.")),
    "token": (_m("{host} gave no token to sign in with."), _NOT_SENT, _m("Sign in with your provider anew, and enter the new token.")),
    "no_secret": (_m("No password for {host} is kept, and none was given."), _NOT_SENT, _m("Enter the app password.")),
    "no_sign_in": (_m("{host} does not take this way of signing in."), _NOT_SENT, _LOOK),
    "busy": (_m("{host} takes no mail at present (answer {detail})."), _m("Who has had it, has had it."), _AGAIN),
    "dropped": (_m("{host} hung up."), _m("Who has had it, has had it."), _AGAIN),
    "slow": (_m("{host} does not answer."), _m("Who has had it, has had it."), _AGAIN),
    "no_host": (_m("No server {host} can be found."), _NOT_SENT, _m("Check its name, and whether this machine is on the internet.")),
    "closed": (_m("{host} is there, but takes no mail on that port."), _NOT_SENT, _LOOK),
    "unreachable": (_m("{host} cannot be reached."), _m("Who has had it, has had it."), _m("Check the connection, and try again.")),
    "not_mail": (_m("{host} does not speak as mail servers do."), _NOT_SENT, _LOOK),
    "": (_m("{host} cannot be used at present."), _m("Who has had it, has had it."), _AGAIN),
}
_NOTHING_FETCHED = _m("Nothing was taken in, and the mailbox is as it was.")
MAILBOX: Table = {
    "no_server": (_m("There is no mail server called {host}, or it cannot be reached from here."), _NOTHING_FETCHED,
                  _m("Look at the name and your network; your provider’s help calls it the IMAP server.")),
    "no_answer": (_m("The mail server {host} does not answer in time."), _NOTHING_FETCHED, _m("Try again later.")),
    "no_tls": (_m("The server {host} does not speak TLS on that port, and dpdesk never sends a password without it."), _NOTHING_FETCHED,
               _m("Look at the port: 993 is usual.")),
    "certificate": (_m("The server {host} cannot prove that it is the one it says."), _m("No password was sent to it."),
                    _m("Check the name of the server. If it is right, somebody may be in between: try from another network.")),
    "login": (_m("The server {host} does not accept this user and password."), _NOTHING_FETCHED,
              _m("Many providers want an app password, made on their web page, in place of your own.")),
    "no_folder": (_m("There is no folder called “{name}” in the mailbox at {host}."), _NOTHING_FETCHED,
                  _m("Write it as your mail program shows it, such as INBOX or INBOX/Replies.")),
    "cut": (_m("The connection to {host} broke off."), _NOTHING_FETCHED, _m("Try again: what was read is not taken in twice.")),
    "not_imap": (_m("What {host} answers is not IMAP."), _NOTHING_FETCHED, _m("Look at the port: 993 is usual for IMAP.")),
    "": (_m("The server {host} answers as no mail server does."), _NOTHING_FETCHED, _m("Look at its name and port.")),
}
CAPABILITIES: Table = joined("FAILURES", {  # by "<capability>.<code>"
    "": (_m("That cannot be done here and now."), _UNCHANGED, ""),
})
