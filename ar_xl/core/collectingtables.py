"""The tables about collecting: what was done and promised, what is contested, plans, the ladder."""

from __future__ import annotations

from ar_xl.core.declaring import date, kept, money, number, posted, text, whole
from ar_xl.core.schema import Role

ACTIVITY_KINDS = ("Call", "Letter", "Email", "Statement", "Promise", "Escalation", "Note")
RESOLUTIONS = ("Credit Memo", "Write-off", "Release")

ACTIVITIES = kept(
    "Activities", Role.MASTER, "Calls, letters, promises: what was done, and what comes next.",
    date("Date", "When."),
    text("Customer ID", "With whom.", list_from="Customers[Customer ID]"),
    text("Invoice No", "About which document, where it is about one."),
    text("Kind", "What was done.", choices=ACTIVITY_KINDS),
    text("Step", "The step of the ladder that this was.", list_from="Ladder[Step]"),
    text("Outcome", "What came of it."),
    date("Promise Date", "Promised by when."),
    money("Promise Amount", "Promised how much."),
    text("Next Action", "What to do next."),
    date("Next Date", "When to do it."),
    text("By", "Who did it."),
    text("Paper*", "The statement or letter that was made for it; it counts once it is done."),
    date("Done On", "When the paper was sent. Empty: it was made and not sent."),
)  # fmt: skip

DISPUTES = kept(
    "Disputes", Role.MASTER, "Amounts that the customer contests.",
    text("Dispute No", "Its number."),
    text("Invoice No", "The document.", required=True),
    whole("Line", "The instalment, where the document has several."),
    money("Amount", "How much is contested; empty means all of it.", never_negative=True),
    text("Reason", "Why."),
    date("Opened", "Since when.", required=True),
    text("Owner", "Who settles it."),
    date("Call At", "When to talk about it."),
    text("Call Time", "At what time: 14:30."),
    text("Resolve By", "How it is to end; Disputes then drafts what settles it.",
         choices=RESOLUTIONS),
    text("Resolution", "How it ended, in words."),
    date("Closed", "When it ended; empty while it is open."),
    text("Settled By*", "The credit memo or write-off that settled it."),
)  # fmt: skip

PLANS = posted(
    "Plans", Role.POSTED, "Payment plans: what a customer agreed to pay of which documents, when.",
    text("Plan No", "Its number. Left empty, posting gives the next one."),
    whole("Line", "1, 2, 3 in the order of due dates. Left empty, posting gives it."),
    text("Customer ID", "Whose plan.", required=True, list_from="Customers[Customer ID]"),
    text("Documents", "What it is about: `INV-7; INV-9`; the same on every line.", required=True),
    text("Currency", "Left empty, that of the documents."),
    date("Due Date", "When this part is due.", required=True),
    money("Amount", "What is to be paid then, interest included.", required=True),
    money("Interest", "The interest that the amount contains."),
    date("Agreed", "When it was agreed; it counts from then on.", required=True),
    date("Ended (d)", "When it was paid off, broken or called off."),
    text("Status (d)", "Due, Paid, Missed, Broken or Called off."),
)  # fmt: skip

LADDER = kept(
    "Ladder", Role.POLICY, "The steps of a reminder, one after the other.",
    text("Step", "The name.", required=True),
    number("After (days)", "Days past due; negative is before."),
    text("Action", "What to do: Letter, Email, Call, Escalation, or words of yours."),
    text("Template", "The letter: the name of a Word file in the folder Letter Templates."),
    text("Fee Policy", "A fee that goes with it, once it was done.",
         list_from="FeePolicies[Fee Policy]"),
)  # fmt: skip

FEE_CEILINGS = kept(
    "FeeCeilings", Role.POLICY, "The highest late fee that the law of a place allows.",
    text("Jurisdiction", "The place, as customers name it.", required=True),
    date("From", "Since when; empty: always."),
    number("Annual Ceiling %", "2 means 2 %. Empty: no number is set there; 0: no fee is allowed."),
    text("Source", "The statute or decision it comes from."),
    text("Note", "What else to know."),
    sheet="Fee Ceilings",
)  # fmt: skip
