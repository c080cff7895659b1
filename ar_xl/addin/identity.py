"""What the add-in is called: the names that Excel, Windows and the server must agree on.

They are public. Formulas in workbooks of users refer to the file's name, Excel reaches a running
agent by the class id: neither ever changes.
"""

from __future__ import annotations

AGENT_CLSID = "{07825E75-EC93-546D-9E24-362046B2DE51}"
"""The class id that `ar-xl agent` serves and the add-in asks for first: the UUID of version 5 of
`urn:ar-xl:agent`, in braces and capital letters as COM writes it."""

AGENT_MUTEX = "Local\\ar_xl-agent"
"""What a running agent holds, so that there is one per log-on."""

AGENT_STOP_EVENT = "Local\\ar_xl-agent-stop"
"""What `ar-xl agent --stop` signals."""

FILE_NAME = "ar_xl.xlam"
"""The add-in's file; formulas in other workbooks name it."""

PROJECT_NAME = "ArXl"
"""The VBA project."""

SETTINGS_SHEET = "ar_xl.conf"
"""The sheet inside the add-in with its settings: a key in A, a value in B."""

SETTING_KEYS = ("python", "ar_xl", "xlwings", "agent")
"""The settings, in the order of their rows: interpreter, two versions, class id."""

STATE_FOLDER = "ar_xl"
"""The folder of our own below %LOCALAPPDATA%: what was installed, and logs."""

RECORD_FILE = "installed.json"
"""What `addin install` wrote, so that `addin uninstall` removes that and nothing else."""

AGENT_LINK = "ar_xl agent.lnk"
"""The entry in the user's Startup folder."""
