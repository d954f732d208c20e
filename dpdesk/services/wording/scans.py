"""The words of scanning: taking pages in, reading them, and checking what was read."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

_NOTHING_IN = _m("Nothing of it was taken in.")
_BEFORE = _m("The pages before it are in.")
_UNCHANGED = _m("Nothing was changed.")

ACTIONS = {
    "scans.begun": _m("Began to take scanned pages in"),
    "scans.source": _m("Took a scanned file in"),
    "scans.page": _m("Took a scanned page in"),
    "scans.ended": _m("Ended taking scanned pages in"),
    "scans.answered": _m("Decided a row of a scanned page"),
    "scans.confirmed": _m("Confirmed the empty rows of a scanned page"),
    "scans.undone": _m("Took back what was decided on a scanned page"),
    "scans.lined_up": _m("Lined a scanned page up by hand"),
    "scans.merged": _m("Merged two pictures of the same page"),
    "scans.set_aside": _m("Set a scanned page aside"),
    "scans.blind": _m("Read a row again without seeing what the machine read"),
    "scans.read_again": _m("Decided scanned pages again from what was measured"),
    "scans.verified": _m("Checked a scanned page"),
    "scans.images_erased": _m("Erased pictures of scanned pages"),
    "scans.scanner": _m("Used a scanner for the first time"),
    "scans.scanner_forgotten": _m("Forgot a scanner"),
    "scans.settings": _m("Changed how scanned pages come in"),
}
FIELDS = {"marks": _m("Marks"), "scanner": _m("Scanner"), "scanner_certificate": _m("Certificate of the scanner"),
          "scan_two_people": _m("Two people check")}
KINDS = {"scan_batch": _m("Scanned pile"), "scan_page": _m("Scanned page"), "scanner": _m("Scanner")}
RIGHTS = {"scans.take": _m("take scanned pages in"), "scans.review": _m("check scanned pages")}
COPY_KINDS = {"scan": _m("Scanned file")}
TODAY = {
    "scans_review": _m("Rows of scanned pages wait for a look ({count})"),
    "scans_line_up": _m("Scanned pages wait to be lined up ({count})"),
    "scans_unchecked": _m("Scanned pages are read: look them through once ({count})"),
    "scans_differ": _m("The same page came back with two different fills ({count})"),
    "scans_stopped": _m("A scanned pile is not yet in whole: go on with it ({count})"),
    "scans_images_due": _m("Pictures of checked pages are to be erased ({count})"),
    "scans_sample": _m("A few rows are to be read again, to know how often the machine is wrong ({count})"),
}
FAILURES = {
    "scans.empty": (_m("This file is empty."), _NOTHING_IN, _m("Scan or copy it again.")),
    "scans.unknown_kind": (_m("This is neither a PDF nor a picture (JPEG, PNG, TIFF)."), _NOTHING_IN,
                           _m("Scan to PDF, or save the picture as JPEG.")),
    "scans.heic": (_m("This is a photo in Apple’s HEIC format, which dpdesk does not open: programs that do have had serious holes."),
                   _NOTHING_IN,
                   _m("On the iPhone choose Settings, Camera, Formats, Most Compatible, and photograph again; or send the photo to "
                      "yourself from the Photos app as “Most Compatible”, which makes a JPEG of it.")),
    "scans.too_big": (_m("This file is larger than 256 MB."), _NOTHING_IN, _m("Scan in grey at 200 dpi, and in smaller piles.")),
    "scans.broken": (_m("This file is damaged, or not what it says it is."), _NOTHING_IN, _m("Scan or copy it again.")),
    "scans.encrypted": (_m("This PDF asks for a password."), _NOTHING_IN, _m("Save it without a password, or print and scan it.")),
    "scans.no_pages": (_m("This file has no pages."), _NOTHING_IN, _m("Scan it again.")),
    "scans.too_many_pages": (_m("This file has more than 2,000 pages."), _NOTHING_IN, _m("Scan in smaller piles.")),
    "scans.too_large": (_m("This picture says it has more pixels than any scanner makes."), _NOTHING_IN,
                        _m("Scan in grey at 200 dpi.")),
    "scans.too_small": (_m("This picture is too small to hold a sheet."), _NOTHING_IN, _m("Scan in grey at 200 dpi.")),
    "scans.too_slow": (_m("Opening this took longer than any honest page does, so it was stopped."), _NOTHING_IN,
                       _m("Do not open it elsewhere either if you do not know where it comes from.")),
    "scans.too_much_memory": (_m("Opening this asked for more memory than any honest page does, so it was stopped."), _NOTHING_IN,
                              _m("Scan in grey at 200 dpi.")),
    "scans.died": (_m("The program that opens files ended over this one. It runs apart from the desk, which noticed nothing else."),
                   _NOTHING_IN, _m("Do not open it elsewhere either if you do not know where it comes from.")),
    "scans.file_gone": (_m("This file cannot be read: it is gone, or not yours to read."), _NOTHING_IN, _m("Look where it is.")),
    "scans.scanner_gone": (_m("The scanner {name} cannot be reached."), _NOTHING_IN,
                           _m("See that it is switched on and on the same network, and try again.")),
    "scans.scanner_silent": (_m("The scanner {name} does not answer in time."), _BEFORE, _m("Switch it off and on, and try again.")),
    "scans.scanner_not_tls": (_m("The scanner {name} does not speak TLS where it says it does."), _NOTHING_IN,
                              _m("Update its software, or use a cable.")),
    "scans.scanner_certificate": (_m("The scanner {name} shows another certificate than the first time."), _m("Nothing was asked of it."),
                                  _m("If it was reset or repaired, forget it among the scanners and find it anew. If not, tell the "
                                     "accountable person: something else may stand in its place.")),
    "scans.scanner_nonsense": (_m("What {name} answers is not what a scanner says."), _NOTHING_IN,
                               _m("Look at its address; a printer’s web page may ask to log in first.")),
    "scans.scanner_refused": (_m("The scanner {name} refuses (answer {status})."), _BEFORE, _m("Look at its display, and try again.")),
    "scans.scanner_busy": (_m("The scanner {name} is busy."), _NOTHING_IN, _m("Wait until the other job is done.")),
    "scans.scanner_no_source": (_m("The scanner {name} has no such tray."), _NOTHING_IN, _m("Choose the glass or the feeder.")),
    "scans.scanner_no_grey": (_m("The scanner {name} offers black and white alone, in which faint marks are lost."), _NOTHING_IN,
                              _m("Use another scanner, or photograph the pages.")),
    "scans.scanner_no_page": (_m("The scanner {name} gave no page."), _NOTHING_IN, _m("Put the pages in again, and try once more.")),
    "scans.scanner_io": (_m("The line to the scanner {name} failed."), _BEFORE, _m("Look at the cable, and scan the rest.")),
    "scans.scanner_memory": (_m("The scanner {name} has no memory left."), _BEFORE, _m("Switch it off and on, and scan the rest.")),
    "scans.scanner_denied": (_m("You may not use the scanner {name} as this user."), _NOTHING_IN,
                             _m("Put your user into the group “scanner”, or ask who looks after this machine.")),
    "scans.scanner_failed": (_m("The scanner {name} failed without saying why."), _BEFORE,
                             _m("Switch it off and on, and scan the rest.")),
    "scans.feeder_empty": (_m("The feeder of {name} is empty."), _NOTHING_IN, _m("Put the pages in, and try again.")),
    "scans.feeder_jam": (_m("A page is stuck in {name}, after {count} pages."), _BEFORE,
                         _m("Take it out, and scan it and the rest: what is in already is not counted twice.")),
    "scans.feeder_two": (_m("{name} drew two pages at once, after {count} pages."), _BEFORE,
                         _m("Scan those two and the rest: what is in already is not counted twice.")),
    "scans.cover_open": (_m("A cover of {name} is open."), _BEFORE, _m("Close it, and scan the rest.")),
    "scans.sane_no_memory_folder": (_m("This system has no memory folder, through which pages pass without touching the disk."),
                                    _NOTHING_IN, _m("Scan from the glass, or use a scanner on the network.")),
    "scans.no_scanner": (_m("There is no scanner of that name."), _NOTHING_IN, _m("Look for scanners anew.")),
    "scans.no_address": (_m("That is no address of a scanner."), _UNCHANGED, _m("Write it like 192.168.1.20 or https://scanner.local.")),
    "scans.no_picture": (_m("The picture of this page has been erased, as its time was up."), _m("What was read from it stays."), ""),
    "scans.not_out": (_m("By the desk’s record this sheet was never handed out, so nothing can be entered from it."), _UNCHANGED,
                      _m("Hand it out and take it back on the session’s page; then take the page in again here.")),
    "scans.not_waiting": (_m("This row or page has been decided already."), _UNCHANGED, _m("Look at it again; undo takes it back.")),
    "scans.not_lined_up": (_m("With these corners the boxes are still not where they should be."), _m("The page waits as before."),
                           _m("Drag the corners onto the outer corners of the black squares; or key the sheet by hand.")),
    "scans.no_code": (_m("No code could be read on this page, so it is not known which it is."), _m("The page waits as before."),
                      _m("Type the number printed on it.")),
    "scans.number_wrong": (_m("A letter or digit of this number is wrong."), _UNCHANGED,
                           _m("Type it as it is printed at the foot of the page, check letter included.")),
    "scans.nothing_to_undo": (_m("There is nothing to undo here."), _UNCHANGED, ""),
    "scans.same_person": (_m("Two people check a page, and you were the first."), _UNCHANGED, _m("Ask another officer.")),
    "scans.folder_gone": (_m("The watched folder is not there now."), _NOTHING_IN,
                          _m("It is read once it is back; or choose another one on the page Scans.")),
}
