"""xlwings' library, through which Excel reaches Python: of Excel's bitness, beside Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from ar_xl.addin.excels import Excel
from ar_xl.addin.machine import Machine
from ar_xl.addin.places import library_places
from ar_xl.addin.programs import Bitness, bitness, library_bits
from ar_xl.addin.trouble import Line, Trouble, Verdict


def wanted_bits(excels: Iterable[Excel]) -> list[int]:
    """The bitnesses of the libraries that these Excels load; 64 where none is known."""
    return sorted({library_bits(each.bitness) for each in excels}) or [64]


def library_line(machine: Machine, python: PurePath, bits: int) -> Line:
    """Whether the library of one bitness is where the add-in looks for it."""
    name = "Library"
    tried = library_places(machine, python, bits)
    for place in tried:
        if machine.file(place).is_file():
            break
    else:
        seen = f"{tried[0].name} is neither in {tried[0].parent} nor in {tried[1].parent}."
        return Line(name, Verdict.PROBLEM, seen, Trouble.LIBRARY_MISSING)
    made_for = bitness(machine.file(place))
    if made_for is not (Bitness.X86 if bits == 32 else Bitness.X64):
        seen = f"{place} is {made_for.value}, not {bits}-bit."
        return Line(name, Verdict.PROBLEM, seen, Trouble.LIBRARY_WRONG)
    if bits != machine.python.bits:  # only Excel itself can load it
        return Line(name, Verdict.OK, f"{place} is there, {bits}-bit as Excel.")
    why = machine.loads(place)
    if why:
        return Line(name, Verdict.PROBLEM, f"{place} does not load: {why}.",
                    Trouble.LIBRARY_DOES_NOT_LOAD)  # fmt: skip
    return Line(name, Verdict.OK, f"{place} loads.")
