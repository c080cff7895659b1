"""A button from the click to the end, in the macros as they are shipped."""

from __future__ import annotations

from typing import Any

import pytest
from pyopenvba.interpreter import NOTHING, VBARuntimeError

from ar_xl.functions.catalogue import FUNCTIONS
from tests.macros.excel import AGENT, Excel, Server
from tests.macros.values import Named

END = ("end", "", "", "")
DONE = ("end", "", "12 invoices posted.", "Aging")
GONE = VBARuntimeError(-2147023170, "The remote procedure call failed.")


def pressed(*replies: Any) -> tuple[Excel, Server]:
    """Excel and the server after a button was pressed to which Python replies in turn."""
    server = Server(*replies)
    excel = Excel(server).with_book("books.xlsx", "Batches", "Aging")
    excel.load()
    excel.press("arPostInvoices")
    return excel, server


def test_python_learns_which_button_workbook_sheet_and_cell() -> None:
    excel, server = pressed(END)
    assert server.asked == [("arPostInvoices", excel.book, "Invoices", "B7")]


def test_excel_is_as_it_was_with_the_last_words_for_ten_seconds() -> None:
    excel, _ = pressed(DONE)
    assert excel.app.state == {
        "interactive": True, "cursor": -4143, "statusbar": "12 invoices posted.",
    }  # fmt: skip
    assert excel.activated == ["Aging"]
    assert excel.app.later == ["'ar_xl.xlam'!ArRibbon.ArRestore"]
    excel.vba.run("ArRestore")
    assert excel.app.state["statusbar"] is False
    assert len(excel.app.later) == 1


def test_excel_that_cannot_be_told_to_wait_ends_no_button_in_a_box() -> None:
    excel = Excel(Server(DONE)).with_book("books.xlsx", "Batches", "Aging")
    excel.app.is_deaf = True
    excel.press("arAging")
    assert (excel.windows.boxes, excel.activated) == ([], ["Aging"])


def test_without_words_and_sheet_nothing_is_left_to_do() -> None:
    excel, _ = pressed(END)
    assert (excel.app.state["statusbar"], excel.app.later, excel.activated) == (False, [], [])


def test_boxes_are_windows_own_and_say_no_beforehand() -> None:
    excel, server = pressed(
        ("say", "Receivables", "Łódź: 3 rows", ""), ("error", "Receivables", "No.", ""),
        ("ask", "Receivables", "Post 12 invoices?", ""), END,
    )  # fmt: skip
    assert excel.windows.boxes == [
        ("Receivables", "Łódź: 3 rows", 64), ("Receivables", "No.", 48),
        ("Receivables", "Post 12 invoices?", 4 + 32 + 256),
    ]  # fmt: skip
    assert [each[:2] for each in server.asked[1:]] == [("", False), ("", False), ("no", False)]


def test_a_yes_is_a_yes() -> None:
    server = Server(("ask", "Receivables", "Post?", ""), DONE)
    excel = Excel(server).with_book("books.xlsx", "Batches", "Aging")
    excel.windows.clicks = [6]
    excel.press("arPostInvoices")
    assert server.asked[1] == ("yes", False, excel.book)


DIALOGS = [
    (("text", "Statements", "Which customer?", "Acme"), ("InputBox", "Which customer?",
     "Statements", "Acme"), "Bolt"),
    (("file", "Import", "", "CSV (*.csv),*.csv"), ("GetOpenFilename", "CSV (*.csv),*.csv",
     "Import"), r"C:\in.csv"),
    (("save", "New", "books.xlsx", "Excel (*.xlsx),*.xlsx"), ("GetSaveAsFilename", "books.xlsx",
     "Excel (*.xlsx),*.xlsx", "New"), r"C:\books.xlsx"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "shown", "given"), DIALOGS, ids=lambda each: each[0])
def test_what_is_typed_or_chosen_is_handed_back_and_cancel_is_told(
    reply: Any, shown: Any, given: str
) -> None:
    server = Server(reply, reply, END)
    excel = Excel(server).with_book("books.xlsx", "Batches")
    excel.app.given = [given, False]
    excel.press("arImport")
    assert excel.app.dialogs == [shown, shown]
    assert server.asked[1][:2] == (given, False)
    assert server.asked[2][1] is True
    assert excel.windows.boxes == []


def test_a_typed_false_is_no_cancel() -> None:
    server = Server(DIALOGS[0][0], END)
    excel = Excel(server)
    excel.app.given = ["False"]
    excel.press("arStatements")
    assert server.asked[1][:2] == ("False", False)


def test_workbooks_and_pages_are_opened_and_python_learns_when_one_cannot_be() -> None:
    missing = ("open", "", r"C:\missing.xlsx", "")
    excel, server = pressed(
        ("open", "", r"C:\new.xlsx", ""), ("page", "", r"C:\help.html", ""), missing, END
    )
    assert (excel.opened, excel.shown) == ([r"C:\new.xlsx"], [r"C:\help.html"])
    assert [each[1] for each in server.asked[1:]] == [False, False, True]


def test_without_a_workbook_python_is_told_there_is_none() -> None:
    server = Server(END)
    Excel(server).press("arNewWorkbook")
    assert server.asked == [("arNewWorkbook", None, "", "")]


@pytest.mark.parametrize("replies", [(GONE,), (("ask", "", "Post?", ""), GONE)])
def test_when_python_is_gone_in_the_middle_one_box_says_so_and_excel_is_free(replies: Any) -> None:
    excel, _ = pressed(*replies)
    title, words, style = excel.windows.boxes[-1]
    assert (title, style) == ("Receivables", 48)
    assert words.startswith(
        "The button did not finish. If rows or sheets look half written, close "
    )
    assert words.endswith("\n\nThe remote procedure call failed.")
    assert excel.app.state == {"interactive": True, "cursor": -4143, "statusbar": False}
    excel.windows.ways[AGENT].replies = [DONE]
    excel.press("arPostInvoices")
    assert excel.activated == ["Aging"]


def test_what_python_had_switched_off_when_it_went_is_on_again() -> None:
    class AtWork(Server):
        """Python, which switches off and then goes."""

        def _replied(self, *given: Any) -> Any:
            excel.app.switches |= dict.fromkeys(("ScreenUpdating", "DisplayAlerts"), False)
            excel.app.switches |= {"EnableEvents": False, "Calculation": -4135}
            return super()._replied(*given)

    excel = Excel(AtWork(GONE)).with_book("books.xlsx", "Batches")
    excel.app.switches["Calculation"] = 2
    before = dict(excel.app.switches)
    excel.press("arPostInvoices")
    assert excel.app.switches == before


def test_a_reply_of_a_newer_python_ends_in_a_box_and_not_in_a_loop() -> None:
    excel, _ = pressed(("dance", "", "", ""))
    assert "ar-xl addin install" in excel.windows.boxes[0][1]


def test_a_sheet_that_is_gone_is_a_box_and_no_halt() -> None:
    excel, _ = pressed(("end", "", "Done.", "Nowhere"))
    assert len(excel.windows.boxes) == 1
    assert excel.app.state["interactive"] is True


def test_without_a_server_a_button_says_what_to_do_and_insists_each_time() -> None:
    excel = Excel().with_book("books.xlsx", "Batches")
    excel.press("arAging")
    excel.press("arAging")
    assert len(excel.windows.boxes) == 2
    words = excel.windows.boxes[0][1]
    assert "Python does not answer. Could not create Python process." in words
    assert "ar-xl addin doctor" in words
    assert len(excel.windows.tried) == 6


def test_a_second_press_while_the_first_is_at_work_does_nothing() -> None:
    server = Server(("say", "Receivables", "Working", ""), END)
    excel = Excel(server)
    answer = excel.windows.vba_get

    def meddle(name: str, args: Any = (), named: Any = None) -> Any:
        if name.lower() == "box":
            excel.press("arUndo")
        return answer(name, args, named)

    excel.windows.vba_get = meddle
    excel.press("arAging")
    assert [each[0] for each in server.asked] == ["arAging", ""]


def test_the_ribbon_is_refreshed_after_every_press_and_buttons_work_when_it_is_lost() -> None:
    excel, server = pressed(END)
    assert excel.refreshed == 2  # when it was loaded, and now
    excel.vba.module("ArRibbon").variables["mribbon"].value = NOTHING
    server.replies = [DONE]
    excel.press("arAging")
    assert excel.activated == ["Aging"]


def test_a_ribbon_that_cannot_be_refreshed_halts_nothing() -> None:
    server = Server(DONE)
    excel = Excel(server).with_book("books.xlsx", "Batches", "Aging")

    def fails() -> None:
        raise VBARuntimeError(440, "Automation error")

    excel.vba.run("ArOnLoad", [Named("IRibbonUI", Invalidate=fails)])
    excel.event("WorkbookActivate")
    excel.press("arAging")
    assert excel.activated == ["Aging"]


def test_after_a_reset_of_the_project_the_next_press_watches_the_workbooks_again() -> None:
    excel, server = pressed(END)
    excel.vba.module("ArRibbon").variables["mevents"].value = NOTHING
    server.replies = [END]
    excel.press("arAging")
    assert excel.vba.module("ArRibbon").variables["mevents"].value is not NOTHING


def test_help_that_cannot_be_told_yet_is_told_with_the_next_workbook() -> None:
    excel = Excel().with_book("books.xlsx", "Batches")
    excel.load()
    excel.app.is_hidden = True
    excel.event("WorkbookActivate")
    assert excel.app.told == []
    excel.app.is_hidden = False
    excel.event("WorkbookActivate")
    assert len(excel.app.told) == len(FUNCTIONS)


def test_buttons_are_enabled_by_the_workbook_in_front() -> None:
    excel = Excel()
    assert [excel.is_enabled(tag) for tag in ("ours", "any", "none")] == [False, False, True]
    excel.with_book("other.xlsx")
    assert [excel.is_enabled(tag) for tag in ("ours", "any", "none")] == [False, True, True]
    excel.with_book("books.xlsx", "Batches")
    assert [excel.is_enabled(tag) for tag in ("ours", "any", "none")] == [True, True, True]


def test_buttons_follow_the_workbook_and_help_is_told_once_one_is_in_front() -> None:
    excel = Excel().with_book("books.xlsx", "Batches")
    excel.load()
    assert (excel.refreshed, excel.app.told) == (1, [])
    excel.event("WorkbookActivate")
    macro, _, category, helps = excel.app.told[0]
    assert macro.startswith("'ar_xl.xlam'!AR_")
    assert category == "Receivables"
    assert all(isinstance(each, str) for each in helps)
    assert excel.addin.members["saved"] is True  # Excel asks nobody to save an add-in
    count = len(excel.app.told)
    excel.event("WorkbookDeactivate")
    excel.event("WorkbookActivate")
    assert (excel.refreshed, len(excel.app.told)) == (4, count)


def test_on_a_mac_a_button_says_where_to_go() -> None:
    excel = Excel(Server(END))
    excel.app.system = "Macintosh (64-bit) 16"
    excel.press("arAging")
    assert excel.windows.boxes == []
    words = excel.vba.dialogs[0][1]
    assert "xlwings Lite" in words
