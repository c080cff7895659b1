"""Words that VBA keeps for itself, and the names it and Excel bring along that our macros use.

Names that our macros do not use are left out on purpose: a new one is added here by hand, after
looking it up, and a slip of the pen is found.
"""

from __future__ import annotations

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

# What may stand in a statement without being a name.
_KEYWORDS = """
and as byref byval call case const declare dim do each else elseif end error exit explicit for
function goto if in is lib let like loop mod new next not on option optional or private property
ptrsafe public redim resume select set static step sub then to typeof until wend while with
withevents xor alias enum type module compare text base friend event raiseevent me
"""

_TYPES = """
boolean byte currency date double integer long longptr object single string variant
application iribboncontrol iribbonui range workbook worksheet
"""

# Functions, objects and constants of VBA and Excel that macros use by their bare name.
_KNOWN = """
array cbool cdbl clng cstr cverr err iif instr instrrev isempty iserror ismissing isobject
lbound left len mid msgbox now replace right split strptr timeserial trim typename ubound
vartype
activecell activesheet activeworkbook application thisworkbook workbooks
empty false nothing null true
vbboolean vblf vbstring xldefault
mac vba7 win64
"""

RESERVED = frozenset(_RESERVED.split())
KEYWORDS = frozenset(_KEYWORDS.split())
TYPES = frozenset(_TYPES.split())
KNOWN = frozenset(_KNOWN.split())
