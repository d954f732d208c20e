"""The words of entering and using results, and of leaving people alone."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

_UNCHANGED = _m("Nothing was changed.")
_KEPT = _m("What was entered before is saved.")
ACTIONS = {
    "results.entered": _m("Answers entered"),
    "results.undone": _m("Answers taken back at once"),
    "results.noted": _m("Answer noted away from a sheet"),
    "results.entered_again": _m("Answers entered a second time"),
    "results.compared": _m("Two entries of a page compared"),
    "results.settled": _m("Difference between two entries settled"),
    "results.printed": _m("Results saved or printed"),
    "elector.left_alone": _m("Elector to be left alone"),
    "elector.left_alone_ended": _m("Elector may be contacted again"),
}
KINDS = {"row": _m("Row of a sheet"), "difference": _m("Row read differently"), "leave_alone": _m("Wish to be left alone")}
FIELDS = {"boxes": _m("Boxes ticked"), "taken_on": _m("Day of the contact"), "kept": _m("What holds"), "note": _m("Note"),
          "day": _m("Until"), "lifted_why": _m("Why they may be contacted again")}
RIGHTS = {"results.see": _m("see results of canvassing"), "results.enter": _m("enter what stands on campaign sheets"),
          "results.settle": _m("settle differences between entries")}
PROBLEMS = {"code_unknown": _m("This is not a code of the campaign"),
            "code_two_intentions": _m("These say two different things about how somebody will vote"),
            "code_two_outcomes": _m("These say two different things about what happened at the door"),
            "code_contradicts": _m("These contradict each other")}
TODAY = {"results_to_enter": _m("Pages came back and are not entered yet ({count})"),
         "results_to_check": _m("Entered pages wait for a second person ({count})"),
         "results_differ": _m("Rows were read differently by two people ({count})")}
COPY_KINDS = {"results": _m("Results of canvassing")}
FAILURES = {
    "results.blank_line": (_m("Line {line} of the page is blank: nobody is to be called on there."), _KEPT, ""),
    "results.not_back": (_m("Page {page} is not back, so nothing can be entered from it."), _UNCHANGED,
                         _m("Hand it in first, on the page of its session.")),
    "results.nothing_open": (_m("Every row of page {page} has its answer already."), _UNCHANGED, ""),
    "results.nothing_to_undo": (_m("There is nothing of yours on this page to take back."), _UNCHANGED, ""),
    "results.page_done": (_m("Page {page} is entered and done."), _UNCHANGED, _m("To put a row right, enter it anew.")),
    "results.rows_open": (_m("Rows of page {page} have no answer yet: {count}."), _KEPT,
                          _m("Enter them, or say that nobody called there.")),
    "results.not_entered": (_m("Page {page} is not entered whole yet."), _UNCHANGED, _m("It can be checked once it is.")),
    "results.checked": (_m("Page {page} is checked already."), _UNCHANGED, ""),
    "results.same_person": (_m("You entered some of this page yourself."), _UNCHANGED, _m("A second person has to check it.")),
    "results.blind_asked": (_m("Your party asks that a second person enters the page again without seeing the first entry."), _UNCHANGED,
                            _m("Press Enter it again.")),
    "results.no_polling_day": (_m("No polling day is set, so “this election” has no end."), _UNCHANGED,
                               _m("Set the polling day on the register, or choose a day.")),
}
