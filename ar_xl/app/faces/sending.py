"""How the buttons are worded that send papers and hand customers over."""

from __future__ import annotations

from ar_xl.app.questions import Face, Kind, Question

SENDING_FACES = (
    Face(
        "E-mails", "SM", "Which e-mails wait, and which were sent",
        "Says which e-mail drafts wait, and marks papers as done whose e-mails the mail server "
        "took. Excel sends nothing itself: open the drafts in your mail program, or have them sent "
        "at the command line.",
        command="send",
    ),
    Face(
        "Hand Over", "GO", "Hand a customer over to an agency or a lawyer",
        "Makes a folder of papers for whoever takes over: what is owed and what happened. From "
        "then on the customer gets no late fees, reminders or calls. Shows first what it would do.",
        command="escalate",
        questions=(
            Question("customer", "Which customer (Customer ID)?", required=True),
            Question("to", "To whom?", Kind.CHOICE, choices=("agency", "legal"), required=True),
            Question("reason", "Why? Your words are kept on the Activities sheet.", required=True),
        ),
        confirm="Hand this customer over?",
    ),
    Face(
        "Take Back", "TB", "Take a customer back from an agency or a lawyer",
        "Makes the customer Active again: late fees, letters and calls go on.",
        command="escalate", icon="Redo", fixed=(("back", True),),
        questions=(
            Question("customer", "Which customer (Customer ID)?", required=True),
            Question("reason", "Why? Your words are kept on the Activities sheet.", required=True),
        ),
        confirm="Take this customer back?",
    ),
)  # fmt: skip
