"""How the buttons of the group Control are worded, and what they ask."""

from __future__ import annotations

from ar_xl.app.questions import Face, Kind, Needs, Question, Start

CONTROL_FACES = (
    Face(
        "Check", "CH", "Find what is wrong",
        "Lists everything that needs your attention, on a new sheet: where it is, what is wrong, "
        "what to do. Nothing is posted or changed.",
        large=True, command="check",
    ),
    Face(
        "Explain", "E", "Where does this figure come from?",
        "Select a figure first, on a report or in a posted row. Shows the rows and the rule behind "
        "it. Changes nothing.",
        command="explain",
        questions=(
            Question("sheet", "", Kind.TAKEN, Start.SHEET, required=True),
            Question("cell", "", Kind.TAKEN, Start.CELL, required=True),
        ),
    ),
    Face(
        "Undo", "U", "Reverse a posting",
        "Reverses one batch, which is what one posting wrote, by opposite rows; both stay on "
        "record. Shows the amounts first. Excel's own Undo cannot take a posting back.",
        command="undo",
        questions=(
            Question("batch", "Which batch should be reversed (such as B-000012)?",
                     start=Start.BATCH, required=True),
            Question("redraft", "Bring its rows back as drafts too, so that you can correct "
                     "them and post them again?",
                     Kind.YES_NO),
            Question("reason", "Why is it reversed? Your words are kept on the Batches sheet."),
        ),
        confirm="Reverse this batch?",
    ),
    Face(
        "Verify", "V", "Has anything posted been changed?",
        "Makes sure that no posted row or total was changed, added or taken away by hand since it "
        "was posted, and names what was. Changes nothing.",
        command="verify",
    ),
    Face(
        "Settings", "SE", "Company, rules, limits and accounts",
        "Goes to the Settings sheet: your company, how payments are applied, aging buckets, "
        "limits, accounts of your ledger. Terms and fee policies have sheets of their own.",
        action="settings", group="Control", icon="ApplicationOptionsDialog",
    ),
    Face(
        "Help", "H", "Help with this tab",
        "What each button does, the worksheet functions, what messages mean, and whether all is "
        "installed as it should be.",
        needs=Needs.NONE, action="menu", group="Control", icon="Help",
        items=(
            Face("What the Buttons Do", "B", "What the buttons do",
                 "Opens the page about this tab.",
                 needs=Needs.NONE, action="page", icon="Help", fixed=(("page", "RIBBON.md"),)),
            Face("Worksheet Functions", "F", "Worksheet functions",
                 "Opens the page about AR_AGING, AR_DUE_DATE and the other functions that you can "
                 "use in cells, each with an example.",
                 needs=Needs.NONE, action="page", icon="FunctionWizard",
                 fixed=(("page", "FUNCTIONS.md"),)),
            Face("What Messages Mean", "M", "What messages mean",
                 "Opens the page with every message: what it means and what to do.",
                 needs=Needs.NONE, action="page", icon="ErrorChecking",
                 fixed=(("page", "ERRORS.md"),)),
            Face("Check Installation", "I", "Is all installed as it should be?",
                 "Looks at the add-in, Python and Excel, and says what to do where something is "
                 "amiss.",
                 needs=Needs.NONE, action="doctor", icon="ApplicationOptionsDialog"),
            Face("Last Error", "E", "Details of the last error",
                 "Opens the details for whoever helps you. They hold no customer data.",
                 needs=Needs.NONE, action="last_error", icon="TraceError"),
            Face("About", "A", "About ar_xl",
                 "Versions of ar_xl, Excel and Python.",
                 needs=Needs.NONE, action="about", icon="FileProperties"),
        ),
    ),
)  # fmt: skip
