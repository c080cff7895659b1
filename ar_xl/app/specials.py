"""Commands that do not work on one existing workbook, declared once.

The command line and the command page of the docs come from these declarations.
"""

from __future__ import annotations

from ar_xl.app.catalogue import DATES, DECIMALS
from ar_xl.app.registry import Ask, Parameter, Special
from ar_xl.imports.kinds import KINDS

SPECIAL: tuple[Special, ...] = (
    Special(
        "new", "Make a blank workbook from the template.", "books:new_command", ("book",),
        (
            Parameter("currency", "Base currency; USD where left out."),
            Parameter("company", "Your company's name, for reports."),
        ),
        ("json", "user"),
    ),
    Special(
        "adopt",
        "Add our missing tables to a workbook of yours, each on a sheet of its own; nothing else "
        "is touched.",
        "adopt:adopt_command",
        ("book",),
        (
            Parameter("currency", "Base currency of new Settings; USD where left out."),
            Parameter("company", "Your company's name, for reports."),
        ),
        ("preview", "out", "json", "user"),
    ),
    Special(
        "import",
        "Read FILE into drafts of a workbook; nothing is posted. Of bank files several, and "
        "folders of them.",
        "importing:import_file_command",
        ("file",),
        (
            Parameter("into", "The workbook.", Ask.PATH, required=True),
            Parameter("as", "What FILE holds; recognised where left out.", choices=KINDS),
            Parameter("map", "A column of ours is called THEIRS in the file; repeatable.",
                      Ask.PAIRS),
            Parameter("dates", "Order of day, month and year where the file leaves it open.",
                      choices=DATES),
            Parameter("currency", "The currency of a file that names none."),
            Parameter("decimal", "Decimal mark of amounts where the file leaves it open.",
                      choices=DECIMALS),
            Parameter("sheet", "The sheet to read where several of a workbook look alike."),
            Parameter("account", "The bank account of bank files that name none."),
            Parameter("accept_unproved", "Take bank statements whose balances do not prove; the "
                      "difference is kept.", Ask.FLAG),
        ),
        ("as_of", "preview", "out", "json", "user", "skip_bad"),
        many=True,
    ),
    Special(
        "send",
        "Send the e-mail drafts that wait through the mail server of Settings, each once, and mark "
        "what it took. Asks first.",
        "sending:send_drafts_command",
        ("book",),
        (
            Parameter("customer", "Only this customer's; also what may have been sent already."),
            Parameter("limit", "At most so many now: 20."),
            Parameter("yes", "Send without asking.", Ask.FLAG),
        ),
        ("as_of", "preview", "json", "user"),
    ),
    Special(
        "restore",
        "List the backups of BOOK, or bring one of them back; the present state is kept first.",
        "restore:restore_command",
        ("book",),
        (
            Parameter("backup", "The number of the backup to bring back."),
            Parameter("at", "The state that BOOK had at a time, UTC: YYYY-MM-DD, or "
                      "\"YYYY-MM-DD HH:MM\"."),
        ),
        ("preview", "json", "user"),
    ),
    Special(
        "demo",
        "The tour: a sample company, from invoices to a closed month.",
        "books:demo_command",
        (),
        (Parameter("out", "The folder to make it in; ar-xl-demo where left out.", Ask.PATH),),
        ("json", "user"),
    ),
    Special(
        "addin build",
        "Make the Excel add-in, ar_xl.xlam, from its texts; the same versions of ar-xl and xlwings "
        "make the same file, byte for byte.",
        "addin:build_command",
        (),
        (Parameter("out", "The file to make; ar_xl.xlam in this folder where left out.",
                   Ask.PATH),),
        ("json",),
    ),
    Special(
        "addin install",
        "Put the add-in where Excel opens it, for you alone and without an administrator.",
        "addin_install:install_command",
        (),
        (
            Parameter("agent", "Have Python start with every log-on, so that Excel starts "
                      "nothing; companies often allow only that.", Ask.FLAG),
            Parameter("target", "Write the add-in for other computers into this folder instead.",
                      Ask.PATH),
            Parameter("python", "With --target: full path of python.exe on those computers."),
        ),
        ("preview", "json"),
    ),
    Special(
        "addin uninstall",
        "Take away exactly what addin install wrote, and say what was left.",
        "addin_install:uninstall_command",
        (),
        (),
        ("json",),
    ),
    Special(
        "addin doctor",
        "Look at everything that the add-in needs; say what is wrong and what to do. Exit code 3 "
        "where something is wrong.",
        "addin_doctor:doctor_command",
        (),
        (),
        ("json",),
    ),
    Special(
        "agent",
        "Start the server for Excel in the background, one per log-on.",
        "addin_install:agent_command",
        (),
        (Parameter("stop", "End the one that runs.", Ask.FLAG),),
        ("json",),
    ),
)  # fmt: skip

# The first words of commands of two words, and what they have in common.
GROUPS: dict[str, str] = {"addin": "The Excel add-in: make it, install it, look after it."}
