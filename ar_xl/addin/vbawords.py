"""Words that VBA keeps for itself, and the names it and Excel bring along that our macros use.

Names that our macros do not use are left out on purpose: a new one is added here by hand, after
looking it up, and a slip of the pen is found.
"""

from __future__ import annotations

import re

# [MS-VBAL] 3.3.5.2: no variable, argument or procedure may have such a name.
_RESERVED = """
abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur
cdate cdbl cdec cdecl cint circle clng clnglng clngptr close const csng cstr currency cvar cverr
date debug decimal declare defbool defbyte defcur defdate defdbl defdec defint deflng deflnglng
deflngptr defobj defsng defstr defvar dim do doevents double each else elseif empty end endif
enum eqv erase event exit false fix for friend function get global gosub goto if imp implements
in input inputb int integer is lbound len lenb let like lineinput lock long longlong longptr
loop lset me mod new next not nothing null on open option optional or paramarray preserve print
private pset public put raiseevent redim rem resume return rset scale seek select set sgn shared
single spc static stop string sub tab then to true type typeof ubound unlock until variant wend
while with withevents write xor
"""

# What may stand in a statement of a procedure without being a name.
_KEYWORDS = """
and as byref byval call case const dim do each else elseif end error exit for function goto if in
is let like loop mod new next not on or preserve redim resume select set static step sub then to
typeof until wend while with xor
"""

_VALUES = """
boolean byte currency date double integer long longptr single string
"""
_OBJECTS = """
object application iribboncontrol iribbonui range workbook worksheet
"""

# Functions, objects and constants of VBA and Excel that macros use by their bare name.
_KNOWN = """
array clng cstr cverr err iif instrrev isobject left len msgbox now split strptr timeserial typename
ubound vartype
activecell activesheet activeworkbook application thisworkbook workbooks
empty false nothing null true
vbboolean vbcurrency vblf vblong xldefault
"""

# What they use of objects whose members VBA looks up before it runs.
_MEMBERS = """
activecell address
activeworkbook listobjects sheets worksheets
application cursor getopenfilename getsaveasfilename hwnd inputbox interactive macrooptions ontime
application calculation displayalerts enableevents operatingsystem screenupdating statusbar vlookup
control id tag
err description number raise
mribbon invalidate
thisworkbook followhyperlink name saved worksheets
workbooks open
"""


def _members() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _MEMBERS.split("\n"):
        owner, *members = line.split() or [""]
        found[owner] = found.get(owner, frozenset()) | frozenset(members)
    return found


# Procedures that are called by an event, by what they belong to: the class itself, or a type of
# object; and how many arguments they take.
EVENTS: dict[str, dict[str, int]] = {
    "class": {"initialize": 0, "terminate": 0},
    "application": {"workbookactivate": 1, "workbookdeactivate": 1},
}
# How many arguments functions of VBA take, at least and at most.
ARGUMENTS: dict[str, tuple[int, int]] = {
    "array": (0, 60), "clng": (1, 1), "cstr": (1, 1), "cverr": (1, 1), "iif": (3, 3),
    "instrrev": (2, 4), "isobject": (1, 1), "left": (2, 2), "len": (1, 1), "msgbox": (1, 5),
    "now": (0, 0), "split": (1, 4), "strptr": (1, 1), "timeserial": (3, 3), "typename": (1, 1),
    "ubound": (1, 2), "vartype": (1, 1),
}  # fmt: skip
OPTIONS = frozenset({"explicit", "private module"})
RESERVED = frozenset(_RESERVED.split())
KEYWORDS = frozenset(_KEYWORDS.split())
VALUES = frozenset(_VALUES.split())
TYPES = VALUES | frozenset(_OBJECTS.split()) | {"variant"}
KNOWN = frozenset(_KNOWN.split())
MEMBERS = _members()

CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}|R[0-9]*C[0-9]*|[RC]|TRUE|FALSE")
"""What Excel reads as an address or a value, in either style, in capital letters."""
