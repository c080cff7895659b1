"""The buttons about customers: call list, plans, disputes, statements, letters."""

from __future__ import annotations

from ar_xl.app.faces.asked import SHOWS_FIRST, up_to
from ar_xl.app.faces.sending import SENDING_FACES
from ar_xl.app.questions import Face, Kind, Question

CUSTOMER_FACES: tuple[Face, ...] = (
    Face(
        "Collections", "CO", "Whom to call first",
        "Lists overdue customers in the order to call them, with the reason and the next step, on "
        "a new sheet. Nothing is posted.",
        large=True, command="collections",
        questions=(
            up_to("List what is overdue as of:"),
            Question("collector", "Only the customers of one collector? Type the name as the "
                     "Customers sheet has it. Empty: all customers."),
        ),
    ),
    Face(
        "Adjust", "J", "Post write-offs, refunds, returned payments and so on",
        "Posts the drafts on the Adjustments sheet, dated up to the day you give: write-offs, "
        "waived fees, refunds, returned checks, credits applied or taken back, reversals. "
        f"{SHOWS_FIRST}",
        command="adjust",
        questions=(up_to("Post the draft adjustments dated up to:"),),
        confirm="Post these adjustments?",
    ),
    Face(
        "Forecast", "FO", "What will come in, and when",
        "The cash to expect in each of the next 13 weeks, and how each customer pays: days late, "
        "trend, share paid late. Reckoned from your own history, with the error it had on your "
        "books. Nothing is posted.",
        command="forecast",
        questions=(up_to("Look ahead from which day:"),),
    ),
    *SENDING_FACES,
    Face(
        "Disputes", "DP", "What customers contest, and how it ends",
        "Lists what customers contest and settles it; invites them to talk about it.",
        command="disputes", action="menu", icon="ReviewNewComment",
        items=(
            Face("List and Settle", "L", "List the disputes and draft what settles them",
                 "Lists the open disputes with amount, reason, owner and age, and those that ended "
                 "this month. Where you chose Resolve By on the Disputes sheet, it drafts the "
                 "credit memo or write-off, or releases the amount. Shows first what it would do.",
                 command="disputes", icon="ReviewNewComment",
                 questions=(up_to("List the disputes as of:"),),
                 confirm="Make the sheet and these drafts?"),
            Face("Invite to Calls", "I", "Invite customers to talk about disputes",
                 "Makes a calendar file for each conference call under Call At of the Disputes "
                 "sheet that nobody was invited to yet, in a folder beside the workbook; and "
                 "cancels calls that are off. You send them. Lists and settles first.",
                 command="disputes", icon="FileSendAsAttachment", fixed=(("invite", True),),
                 questions=(up_to("Invite for calls from which day on?"),),
                 confirm="Make these invitations, the sheet and the drafts?"),
        ),
    ),
    Face(
        "Payment Plans", "PL", "Payment plans: make one, see how they stand, call one off",
        "Puts what a customer owes into one schedule of payments. Reminders and late fees rest as "
        "long as it is kept; a missed payment brings the original terms back.",
        command="plan", action="menu", icon="HeaderFooterCurrentDate",
        items=(
            Face("How Plans Stand", "H", "List all payment plans",
                 "Posts the plans typed on the Plans sheet, and lists what came in for each "
                 f"payment of every plan, and which are broken. {SHOWS_FIRST}",
                 command="plan", icon="HeaderFooterCurrentDate",
                 questions=(up_to("List the plans as of:"),),
                 confirm="Post the typed plans and make the sheet?"),
            Face("New Plan", "N", "Make a payment plan for a customer",
                 "One schedule over several documents: equal payments by the month, or amounts "
                 f"and dates of yours, with interest where you want it. {SHOWS_FIRST}",
                 command="plan", icon="HeaderFooterCurrentDate", fixed=(("agreement", True),),
                 questions=(
                     up_to("When was the plan agreed?"),
                     Question("customer", "Whose plan is it? Type the Customer ID.",
                              required=True),
                     Question("documents", "Which documents, with commas between them? Leave it "
                              "empty for all that is past due."),
                     Question("payments", "How many payments?", required=True),
                     Question("first", "When is the first payment due?", Kind.DATE,
                              required=True),
                     Question("every", "How often is a payment due?", Kind.CHOICE,
                              choices=("month", "week", "2 weeks"), required=True),
                     Question("amounts", "What is paid each time, such as 300, 300, rest? Leave "
                              "it empty for equal parts."),
                     Question("interest", "Interest, percent a year? Leave it empty for what the "
                              "Settings sheet says."),
                 ),
                 confirm="Post this plan?"),
            Face("Call Off a Plan", "C", "Call a payment plan off",
                 "Ends a plan: original due dates, reminders and late fees count again, and "
                 f"interest that has not fallen due is taken back. {SHOWS_FIRST}",
                 command="plan", icon="Undo",
                 questions=(
                     up_to("From which day on is the plan called off?"),
                     Question("end", "Which plan, such as PL-1?", required=True),
                     Question("reason", "Why is it called off?", required=True),
                 ),
                 confirm="Call this plan off?"),
        ),
    ),
    Face(
        "Statements", "ST", "Make statements of account",
        "One for every customer who owes something, as PDF or Excel files in a folder beside the "
        "workbook, in the customer's language. Lists on a new sheet what was made and who was "
        "left out. Nothing is posted or sent.",
        large=True, command="statements",
        questions=(
            up_to("Make the statements of which day?"),
            Question("email", "Make e-mail drafts with them too?", Kind.YES_NO),
        ),
    ),
    Face(
        "Letters", "LE", "Make the letters that are due",
        "Makes a Word file for each customer whose next step of the Ladder is a letter, or to whom "
        "something happened that calls for one. They are made, not sent. Shows first how many.",
        command="letters",
        questions=(
            up_to("Make the letters that are due on:"),
            Question("collector", "Only the customers of one collector? Type the name as the "
                     "Customers sheet has it. Empty: all customers."),
            Question("pdf", "Make a PDF of each letter too?", Kind.YES_NO),
            Question("email", "Make e-mail drafts with letter and statement too?", Kind.YES_NO),
        ),
        confirm="Make these letters?",
    ),
    Face(
        "Letters Sent", "LS", "Mark letters as sent",
        "Marks the letters of the last run as sent, so that the next step of the Ladder may come. "
        "Shows first how many.",
        command="letters", icon="FileMarkAsFinal", fixed=(("sent", True),),
        questions=(
            up_to("On which day were they sent?"),
            Question("customer", "Only those of one customer? Type the Customer ID. Empty: all "
                     "letters of the run."),
        ),
        confirm="Mark these letters as sent?",
    ),
    Face(
        "Letter Templates", "LM", "Letters to edit in Word",
        "Puts the templates of all letters into the folder Letter Templates beside the workbook. "
        "Edit them in Word. One that is there already stays as it is.",
        command="letters", icon="FileSendAsAttachment", fixed=(("templates", True),),
    ),
)  # fmt: skip
