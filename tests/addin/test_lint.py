"""What a VBA compiler would find: every rule finds a mistake planted in the macros that we ship."""

from __future__ import annotations

import pytest

from ar_xl.addin import build, lint
from ar_xl.addin.problem import CannotBuild
from ar_xl.app.commands.addin import macros, ribbon

TEXTS = macros()
RIBBON = ribbon()
PATH = 'Alias "XLPyDLLActivateAuto" Lib'


def test_what_we_ship_compiles_as_far_as_can_be_told() -> None:
    assert lint.check(TEXTS, RIBBON) == []


def test_what_is_written_by_hand_stays_under_150_lines_of_code() -> None:
    lines = [line.strip() for text in build.hand_written() for line in text.split("\n")]
    head = ("Attribute VB_", "VERSION ", "BEGIN", "MultiUse ", "'")
    code = [line for line in lines if line and line != "END" and not line.startswith(head)]
    assert 100 < len(code) < 150


def planted(old: str, new: str) -> list[str]:
    """What is found once a piece of the macros that stands there once reads otherwise."""
    assert sum(old in text for text in TEXTS) == 1, f"{old!r} is to be in one macro"
    return lint.check([text.replace(old, new, 1) for text in TEXTS], RIBBON)


MISTAKES = [
    # Names
    ("Set server = ArServer(True)", "Set server = ArSever(True)", "nobody declared `ArSever`"),
    ("    mBusy = True\n", "    mBuzy = True\n", "nobody declared `mBuzy`"),
    ("given = Err.Description", "given = Err.Deskription", "`Err.Deskription` is not known"),
    ("Application.Cursor", "Application.Curser", "`Application.Curser` is not known"),
    ("xlDefault", "xlDefualt", "nobody declared `xlDefualt`"),
    ("Private mEvents As ArEvents", "Private mEvents As ArEvent", "no type `arevent`"),
    ("= ArDescribe()", "= ArRegister.ArTold()", "`ArRegister.ArTold` is not there"),
    ("GoTo failed\n    If Not ", "GoTo faild\n    If Not ", "there is no label `faild`"),
    ("as_of As Variant) As Variant\nAttribute AR_DAYS", "date As Variant) As Variant\nAttribute "
     "AR_DAYS", "VBA keeps the word `date`"),
    ("Private Function ArLoaded(", "Private Function Loop(", "VBA keeps the word `Loop`"),
    ("Public Function AR_DSO(", "Public Function AR30(", "`AR30` reads like the address"),
    ("Public Function AR_DSO(", "Public Function R1C1(", "`R1C1` reads like the address"),
    ("Private Function ArLoaded(ByVal python As String, ByVal way As String) As String",
     "Private Function ArLoaded(ByVal python As String, ByVal way As String) As Strin",
     "no type `strin`"),
    ("Set mEvents = New ArEvents", "Set mEvents = New ArEvent", "there is no class `ArEvent`"),
    ("Option Private Module\n\n' Python", "Option Private Modul\n\n' Python",
     "no Option `private modul`"),
    ("mHost_WorkbookActivate(", "mHost_WorkbookActivated(", "nothing calls `mHost_WorkbookActi"),
    ("mHost_WorkbookDeactivate(ByVal Wb As Workbook)", "mHost_WorkbookDeactivate()",
     "the event of `mHost_WorkbookDeactivate` has 1 arguments"),
    ("Class_Initialize()", "Class_Initialise()", "nothing calls `Class_Initialise`"),
    ('LIBRARY As String = "xlwings32', 'LIBRARI As String = "xlwings32', "one branch of an #If"),
    # Calls
    ("ArServer(False)", "ArServer()", "`ArServer` takes 1 arguments, and gets 0"),
    ("    ArRestore reply(2)\n", "    ArRestore reply(2), 1, 1\n", "takes 2 arguments, and gets 3"),
    ("given = ArShow(reply)", "given = ArShow", "`ArShow` takes 1 arguments, and gets 0"),
    ("ArCall = block(0, 0)", "ArCall = ArRefresh", "`ArRefresh` gives no value"),
    ("given = ArShow(reply)", "given = ArShow reply", "missing between `ArShow` and `reply`"),
    ("Len(reply(3)) > 0", "Len(reply(3) > 0", "brackets that do not match"),
    ("ArShow(ByVal reply As Variant)", "ArShow(ByRef reply As String)",
     "`ArShow` takes reply as string, not variant"),
    # Statements
    ("If mBusy Then Exit Sub", "If mBusy Exit Sub", "then is missing"),
    ("If mBusy Then Exit Sub", "If Then Exit Sub", "a name is missing before `then`"),
    ("    block = reply(0)\n", "    block reply(0)\n", "`block` cannot be called"),
    ("    block = reply(0)\n", "    block =\n", "something is missing"),
    ("Set server = ArServer(True)", "Set server ArServer(True)", "= is missing"),
    ("On Error GoTo failed\n    If Not ", "On GoTo failed\n    If Not ", "error is missing"),
    ("Set mRibbon = ribbon", "mRibbon = ribbon", "an object is given with Set"),
    ("    mWay = way\n", "    Set mWay = way\n", "`mway` is string"),
    ("StrPtr(words), ", "StrPtr(), ", "`strptr` takes 1 to 1 arguments, and gets 0"),
    ("Split(mark, \",\")", "Split(mark, )", "a name is missing before `)`"),
    ("For at = 0 To UBound(given)", "For at = 0 UBound(given)", "to is missing"),
    ("Is Nothing Then mRibbon.", "Is Then mRibbon.", "a name is missing before `then`"),
    ("ArCall = CVErr(2042)", "CVErr(1) = CVErr(2042)", "`cverr` takes no value"),
    ("Select Case reply(0)", "Select reply(0)", "case is missing"),
    # Declarations
    ("\nOption Explicit\nOption Private Module\n\n' Python", "\nOption Private Module\n\n' Python",
     "no Option Explicit"),
    ("Private mReason As String", "Private mWay As String", "`mWay` is declared twice"),
    ("sheet As String, cell As String", "reply As String, cell As String", "`reply` is declared"),
    ("Private Sub ArTell(", "Public Sub ArCall(", "`ArCall` is in ArCalls as well"),
    ("Public Sub ArOnLoad(", "Public Sub ArPress(", "`ArPress` is declared twice"),
    ('VB_Name = "ArCalls"', 'VB_Name = "ArRuntime"', "two modules are called ArRuntime"),
    ("Private Declare PtrSafe Function MessageBoxW", "Private Declare Function MessageBoxW",
     "MessageBoxW has to be declared PtrSafe"),
    ("Private Declare PtrSafe Function MessageBoxW", "Public Declare PtrSafe Function MessageBoxW",
     "or a formula of any workbook could call the library"),
    ("Private mBusy As Boolean\n", "mBusy = False\n", "cannot stand outside of a procedure"),
    # Blocks
    ("    Next mark\n", "", "this For has no end"),
    ("    Next mark\n", "    Next part\n", "ends the loop over mark"),
    ("    Loop\n", "    Next\n", "`Next` without its For"),
    ("    End Select\n", "", "this Select has no end"),
    ("        Case Else: Err", "        Else: Err", "outside of its If"),
    ("Exit Function\n        End If\n", "Exit Function\n", "`Next way` without its For"),
    ("Exit Function\n        End If\n", "Exit Sub\n        End If\n", "`Exit Sub` leaves nothing"),
    ("    ArLoaded = way\nEnd Function\n", "    ArLoaded = way\n", "ArLoaded has no end"),
    ("    ArLoaded = way\nEnd Function\n", "    ArLoaded = way\nEnd Sub\n", "ends another kind"),
    ("#If Win64 Then\n", "", "has no #If before it"),
    ("dll\" (ByRef found As Variant, ByVal way As String, ByVal mode As Long) As Long\n#End If\n",
     "dll\" (ByRef found As Variant, ByVal way As String, ByVal mode As Long) As Long\n",
     "#If without #End If"),
    ("#If Win64 Then", "#If Wn64 Then", "`#If Wn64 Then` is no line that VBA or we know"),
    ("#Else\n", "#Elsee\n", "`#Elsee` is no line"),
    # The text itself
    ("' One callback", "' \u0141 One callback", "not in Windows' code page 1252"),
    ("    mBusy = True\n", "\tmBusy = True\n", "a tab or another control character"),
    ("' One callback", "' " + "x" * 1022 + " callback", "VBA takes 1023"),
    ("    mBusy = True\n", "    mBusy = " + "True _\n And " * 25 + "True\n", "24 continuations"),
    ("\"Python does not answer. \" & found", "\"Python does not answer. & found", "nobody closes"),
    ("\nPublic Function AR_DSO", "Attribute AR_DSO.VB_Description = \"\"\nPublic Function AR_DSO",
     "cannot stand here"),
    ("Attribute AR_DSO.VB_Description", "Attribute AR_CEI.VB_Description", "cannot stand here"),
    ('Attribute VB_Name = "ArCalls"\n', "", "no `Attribute VB_Name"),
    # What Excel calls by name
    ("'!ArRibbon.ArRestore\"", "'!ArRibbon.ArRestored\"", "cannot be called by name"),
    ("'!ArRibbon.ArRestore\"", "'!ArRibbon.ArEnabled\"", "cannot be called by name"),
    ("Public Sub ArEnabled(control As IRibbonControl, ByRef enabled As Variant)",
     "Public Sub ArEnabled(control As IRibbonControl)", "has to be a Sub with 2 arguments"),
    ("Public Sub ArOnLoad(", "Private Sub ArOnLoad(", "ArRibbon.ArOnLoad, which is not there"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES, ids=[each[2] for each in MISTAKES])
def test_a_planted_mistake_is_found(old: str, new: str, words: str) -> None:
    found = planted(old, new)
    assert any(words in each for each in found), found


def test_a_procedure_in_two_branches_of_one_if_is_declared_once() -> None:
    text = 'Attribute VB_Name = "A"\nOption Explicit\n#If Win64 Then\n{0}#Else\n{0}#End If\n'
    one = "Public Sub Once()\nEnd Sub\n"
    assert lint.check([text.format(one)]) == []
    assert lint.check([text.format(one + one)]) != []


def test_an_add_in_with_a_mistake_is_refused_with_module_and_line() -> None:
    with pytest.raises(CannotBuild, match=r"A, line 4: nobody declared `x`\.$"):
        lint.insist(['Attribute VB_Name = "A"\nOption Explicit\nPublic Sub B()\nx = 1\nEnd Sub\n'])


def test_of_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    body = "x = 1\n" * 7
    with pytest.raises(CannotBuild, match=r"line 8: nobody declared `x`; 2 more\.$"):
        lint.insist([f'Attribute VB_Name = "A"\nOption Explicit\nPublic Sub B()\n{body}End Sub\n'])
