"""What stands in the add-in's way, in words: what would be right, and what to do."""

from __future__ import annotations

from ar_xl.addin.trouble import Trouble
from ar_xl.core.findings import Code, Exit, Severity, code

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_REFUSED, _BUSY = Exit.REFUSED, Exit.BUSY
_AGAIN = "Run `ar-xl addin install` again."
_IT = "Ask the person who looks after the computers"

# Case, severity, what would be right, what to do, exit code of a command that refuses for it.
_WORDS: tuple[tuple[Trouble, Severity, str, str, Exit], ...] = (
    (Trouble.NOT_WINDOWS, _ERROR, "Windows, with Excel",
     "The commands work on workbook files here, without Excel. `ar-xl addin install --target "
     "FOLDER --python PATH` makes an add-in for other computers. In Excel on a Mac, xlwings Lite "
     "runs the commands: see docs/LITE.md.", _REFUSED),
    (Trouble.NO_PROFILE_FOLDER, _ERROR, "the folders of your Windows profile",
     "Log off and on again. Where that does not help, run this as yourself, not as a service.",
     _REFUSED),
    (Trouble.STORE_PYTHON, _ERROR, "a Python from python.org",
     "Windows keeps what a Python of the Microsoft Store writes apart, so that Excel would not "
     "see it. Install Python from python.org and ar-xl in it.", _REFUSED),
    (Trouble.PYTHON_NAME_NOT_PLAIN, _ERROR, "a path of letters A to Z",
     "Make the environment in a folder with a plain name, such as C:\\ar_xl, and install from "
     "there: Excel cannot pass other letters on, and this disk keeps no short names.", _REFUSED),
    (Trouble.PYTHON_IN_ONEDRIVE, _WARNING, "a folder that stays on this computer",
     "Make the environment outside OneDrive, which may take files away to save space.", _REFUSED),
    (Trouble.PYTHON_ON_NETWORK, _WARNING, "a folder on this computer",
     "Make the environment on drive C: without the network no button would answer.", _REFUSED),
    (Trouble.PACKAGES_FOR_USER_ONLY, _ERROR, "ar-xl in an environment of its own",
     "Excel starts Python without the packages of one user. Make an environment with "
     "`py -m venv` and install ar-xl there.", _REFUSED),
    (Trouble.PYWIN32_MISSING, _ERROR, "the package pywin32, through which Python speaks to Excel",
     "Run `py -m pip install --force-reinstall xlwings pywin32` in the same environment.",
     _REFUSED),
    (Trouble.RUNS_AS_ADMINISTRATOR, _WARNING, "the rights that Excel has",
     "Run this in an ordinary window. An administrator's server and Excel do not see each other, "
     "and another account's add-in is not yours.", _REFUSED),
    (Trouble.NO_EXCEL, _ERROR, "Excel 2016 or later for Windows",
     "Install Excel, then run `ar-xl addin install`. The commands work without it.", _REFUSED),
    (Trouble.EXCEL_TOO_OLD, _WARNING, "Excel 2016 or later for Windows",
     "The add-in was made for Excel 2016 and later. The commands work without Excel.", _REFUSED),
    (Trouble.STORE_EXCEL, _WARNING, "Excel from office.com or from your company",
     "In an Excel of the Microsoft Store buttons and functions often never reach Python. Should "
     "that be so, install Office from office.com instead.", _REFUSED),
    (Trouble.ADDIN_OPEN_IN_EXCEL, _ERROR, "Excel closed",
     "Nothing was changed. Save your work, close every Excel window, and run this again. Where "
     "none is open, end EXCEL.EXE in the Task Manager, or take the write protection away in the "
     "file's properties.", _BUSY),
    (Trouble.FOLDER_NOT_WRITABLE, _ERROR, "a folder that you may write into",
     f"Nothing was changed. {_IT} to let you write into that folder, or see whether anti-virus "
     "software guards it.", _BUSY),
    (Trouble.NOT_THE_ADDIN, _ERROR, "our add-in, or no file of that name",
     "It was left as it is. Move that file away if it is yours, then run "
     "`ar-xl addin install`.", _REFUSED),
    (Trouble.ADDIN_MISSING, _ERROR, "the add-in in Excel's start folder",
     "Run `ar-xl addin install`. Where it was there before, look into the quarantine of your "
     "anti-virus software.", _REFUSED),
    (Trouble.ADDIN_OF_ANOTHER_VERSION, _ERROR, "an add-in of the versions installed here",
     f"Close Excel. {_AGAIN}", _REFUSED),
    (Trouble.ADDIN_FOR_ANOTHER_PYTHON, _WARNING, "an add-in for the Python this runs in",
     f"If this is the environment to use, close Excel. {_AGAIN}", _REFUSED),
    (Trouble.ADDIN_CHANGED, _ERROR, "the file as it was installed, byte for byte",
     f"Some program changed it, or another build of this version made it. Close Excel. {_AGAIN}",
     _REFUSED),
    (Trouble.ADDIN_UNREADABLE, _ERROR, "a file that you may read",
     f"{_IT} who may read that file; anti-virus software may hold it.", _REFUSED),
    (Trouble.PYTHON_MOVED, _ERROR, "the Python that the add-in was installed for",
     f"The environment was moved or deleted. Close Excel. {_AGAIN}", _REFUSED),
    (Trouble.SEVERAL_COPIES, _ERROR, "one add-in",
     "Close Excel and delete the other files; in Excel's list of add-ins (File, Options, "
     "Add-ins, Go) take the tick away.", _REFUSED),
    (Trouble.ADDIN_BLOCKED, _ERROR, "a file made on this computer",
     f"Close Excel. {_AGAIN} It is written anew, without the mark.", _REFUSED),
    (Trouble.ADDIN_DISABLED, _ERROR, "an add-in that Excel opens",
     "In Excel: File, Options, Add-ins, Manage: Disabled Items, Go; choose ar_xl and Enable.",
     _REFUSED),
    (Trouble.ADDINS_OFF, _ERROR, "settings under which Excel opens add-ins",
     f"{_IT} to allow ar_xl.xlam: in the list of managed add-ins, or in Excel's Trust Center.",
     _REFUSED),
    (Trouble.MACROS_OFF, _ERROR, "settings under which add-ins may run",
     f"{_IT} to allow macros for Excel's start folder.", _REFUSED),
    (Trouble.SIGNATURE_REQUIRED, _ERROR, "settings under which unsigned add-ins run",
     f"The add-in carries no signature. {_IT} to sign it, or to make an exception.", _REFUSED),
    (Trouble.FOLDER_NOT_TRUSTED, _WARNING, "a start folder that Excel trusts",
     "If the tab is missing in Excel, the folder must be made a trusted location: File, "
     "Options, Trust Center, Trusted Locations, or by the people who look after the computers.",
     _REFUSED),
    (Trouble.LIBRARY_MISSING, _ERROR, "xlwings' library beside Python",
     "Run `py -m pip install --force-reinstall --no-deps xlwings` in the same environment; it "
     "must be a Python for Intel or AMD processors.", _REFUSED),
    (Trouble.LIBRARY_WRONG, _ERROR, "a library of Excel's bitness",
     "Run `py -m pip install --force-reinstall --no-deps xlwings` in the same environment.",
     _REFUSED),
    (Trouble.LIBRARY_DOES_NOT_LOAD, _ERROR, "a library that Windows loads",
     "See whether anti-virus software holds it; else install xlwings again with "
     "`py -m pip install --force-reinstall --no-deps xlwings`.", _REFUSED),
    (Trouble.SERVER_SILENT, _ERROR, "a server that answers within half a minute",
     "Install ar-xl again in the same environment; where that does not help, report what is "
     "said here.", _REFUSED),
    (Trouble.SERVER_OF_ANOTHER_VERSION, _ERROR, "a server of the version installed here",
     f"Close Excel. {_AGAIN}", _REFUSED),
    (Trouble.CHILD_PROCESSES_BLOCKED, _ERROR, "a way to Python that the rule allows",
     "Run `ar-xl addin install --agent`: Python then starts with your log-on, and Excel starts "
     "nothing. No exception to the rule is needed.", _REFUSED),
    (Trouble.AGENT_NOT_RUNNING, _WARNING, "an agent that runs",
     "Run `ar-xl agent`, or log off and on again.", _REFUSED),
    (Trouble.AGENT_DID_NOT_START, _ERROR, "an agent that answers within half a minute",
     "Run `ar-xl addin doctor`, which says what stands in its way.", _REFUSED),
    (Trouble.AGENT_OF_ANOTHER_VERSION, _ERROR, "an agent of the version installed here",
     "Run `ar-xl agent --stop`, then `ar-xl agent`.", _REFUSED),
    (Trouble.AGENT_ENTRY_STALE, _ERROR, "an entry that starts this version",
     "Run `ar-xl addin install --agent` again.", _REFUSED),
    (Trouble.AGENT_ENTRY_NOT_WRITTEN, _WARNING, "an entry in the Startup folder",
     "The add-in is installed, and works where Excel may start Python. See whether your company "
     "guards the Startup folder, and run `ar-xl agent` after each log-on until then.", _REFUSED),
)  # fmt: skip

TROUBLES: dict[Trouble, Code] = {
    trouble: code(trouble.value, severity, expected, fix, exit_code)
    for trouble, severity, expected, fix, exit_code in _WORDS
}
"""Each case with its code; docs/ERRORS.md lists them."""
