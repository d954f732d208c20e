"""The pages about people as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("members")


def specs() -> list[PageSpec]:
    """Members and contacts in the navigation; a person, the form and the import are reached from them."""
    people = _("People")
    see, edit = Right.MEMBERS_SEE, Right.MEMBERS_EDIT
    return [
        PageSpec("members", people, _("Members"), "users", see, _lazy("page", "MembersPage")),
        PageSpec("contacts", people, _("Contacts"), "contact", see, _lazy("contacts", "ContactsPage")),
        PageSpec("sharing", people, _("Sharing"), "badge-check", see, _lazy("sharing", "SharingPage")),
        PageSpec("wordings", people, _("Wordings"), "pencil", see, _lazy("wordings", "WordingsPage"), True, "sharing"),
        PageSpec("member", people, _("Member"), "user", see, _lazy("person", "MemberPage"), True, "members"),
        PageSpec("contact", people, _("Contact"), "contact", see, _lazy("person", "ContactPage"), True, "contacts"),
        PageSpec("member_form", people, _("Member"), "pencil", edit, _lazy("form", "MemberFormPage"), True, "members"),
        PageSpec("contact_form", people, _("Contact"), "pencil", edit, _lazy("form", "ContactFormPage"), True,
                 "contacts"),
        PageSpec("import", people, _("Import a list"), "file-up", Right.MEMBERS_IMPORT, _lazy("wizard", "ImportPage"),
                 True, "members"),
        PageSpec("duplicates", people, _("Duplicates"), "copy", edit, _lazy("duplicates", "DuplicatesPage"), True, "members"),
        PageSpec("compare", people, _("Compare"), "users", edit, _lazy("compare", "ComparePage"), True, "members"),
        PageSpec("bulk", people, _("Change a field"), "pencil", edit, _lazy("bulk", "BulkPage"), True, "members"),
        PageSpec("erase", people, _("Erase"), "x", Right.MEMBERS_ERASE, _lazy("erase", "ErasePage"), True, "members"),
        PageSpec("lists", people, _("Lists brought in"), "list", Right.MEMBERS_IMPORT, _lazy("lists", "ListsPage"), True, "members"),
        PageSpec("enquiries", people, _("Enquiries"), "clock", see, _lazy("enquiries_page", "EnquiriesPage"), True, "contacts"),
        PageSpec("enquiry_form", people, _("Record an enquiry"), "pencil", edit, _lazy("enquiry_form", "EnquiryFormPage"), True,
                 "contacts"),
        PageSpec("export", people, _("Export a list"), "download", Right.MEMBERS_EXPORT, _lazy("export", "ExportPage"),
                 True, "members"),
    ]
