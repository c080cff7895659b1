"""The buttons of the ribbon tab: one for each command that has a place there, and a few more.

What a button does, its group and its icon are the command's (`catalogue`); how it is worded and
what it asks in Excel stand in `faces`. A command that is declared with a group of the ribbon gets
its button without a line here; a face whose command is not declared yet shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.faces.ribbon import FACES
from ar_xl.app.questions import Face, Kind, Needs, Question, Start
from ar_xl.app.registry import Ask, Command, Parameter, Special
from ar_xl.app.specials import SPECIAL

GROUPS = ("Start", "Daily", "Customers", "Month-End", "Control")
TAB = "Receivables"
TAB_KEYTIP = "C"

# From this day of a month on, the month that a month-end is for is that one, before it the last.
MONTH_IS_OVER_FROM_DAY = 21


@dataclass(frozen=True)
class Button:
    """One button, or an entry of a menu.

    Args:
        id: `arPostInvoices`.
        label: on the button.
        group: of the ribbon.
        large: as high as the ribbon; the others are stacked in threes.
        icon: name of an Office icon.
        keytip: typed after Alt and the tab's key; at most three characters.
        screentip, supertip: shown when the mouse rests on it: its purpose; what happens.
        needs: what must be open.
        command: the command that it runs; empty for an action.
        action: what it does where it runs no command.
        fixed: parameters that are always given, by name.
        questions: what it asks, in order.
        confirm: asked after the preview, before anything is written; empty where it only reports.
        items: the entries, where it is a menu.
    """

    id: str
    label: str
    group: str
    large: bool
    icon: str
    keytip: str
    screentip: str
    supertip: str
    needs: Needs = Needs.OURS
    command: str = ""
    action: str = ""
    fixed: tuple[tuple[str, str | bool], ...] = ()
    questions: tuple[Question, ...] = ()
    confirm: str = ""
    items: tuple[Button, ...] = ()

    @property
    def posts(self) -> bool:
        """It shows what it would do and asks, before it writes."""
        return bool(self.confirm)


def id_of(label: str) -> str:
    """As the ribbon knows it: `arPostInvoices`."""
    words = label.replace("-", " ").split()
    return "ar" + "".join(word[0].upper() + word[1:] for word in words)


def buttons(
    commands: Mapping[str, Command] = COMMANDS, special: Iterable[Special] = SPECIAL
) -> tuple[Button, ...]:
    """Every button, by group, each group in the order of its faces and then of the catalogue.

    Args:
        commands: the commands that there are.
        special: those that do not work on one existing workbook.
    """
    ours = {name: each for name, each in commands.items() if each.group in GROUPS}
    tips = {each.name: each.tip for each in special}
    shown = [
        _button(face, ours.get(face.command), tips)
        for face in FACES
        if (face.command in (tips if face.group else ours) if face.command else face.action)
    ]
    faced = {face.command for face in FACES}
    for command in ours.values():
        if command.name not in faced:
            shown.append(_plain(command, {button.keytip for button in shown}))
    return tuple(sorted(shown, key=lambda button: GROUPS.index(button.group)))


def all_ids(shown: Iterable[Button] | None = None) -> dict[str, Button]:
    """Every button that can be pressed, entries of menus included, by its id."""
    found: dict[str, Button] = {}
    for button in buttons() if shown is None else shown:
        found |= {item.id: item for item in button.items} if button.items else {button.id: button}
    return found


def start_text(question: Question, today: date) -> str:
    """What stands in the box, as far as the date alone tells; dates as 2026-10-31."""
    if question.start is Start.TODAY:
        return today.isoformat()
    if question.start is Start.MONTH:
        over = today.day >= MONTH_IS_OVER_FROM_DAY
        day = today if over else today.replace(day=1) - timedelta(days=1)
        return day.isoformat()[:7]
    return question.text


def _button(
    face: Face, command: Command | None, tips: Mapping[str, str], group: str = ""
) -> Button:
    group = group or face.group or (command.group if command else "")
    return Button(
        id=id_of(face.label),
        label=face.label,
        group=group,
        large=face.large,
        icon=face.icon or (command.icon if command else ""),
        keytip=face.keytip,
        screentip=face.screentip,
        supertip=face.supertip or (command.tip if command else tips.get(face.command, "")),
        needs=face.needs,
        command=face.command,
        action=face.action,
        fixed=face.fixed,
        questions=face.questions,
        confirm=face.confirm,
        items=tuple(_button(item, None, tips, group) for item in face.items),
    )


def _plain(command: Command, taken: Iterable[str]) -> Button:
    """The button of a command that nobody has worded: small, and it asks what it must know."""
    return Button(
        id=id_of(command.label),
        label=command.label,
        group=command.group,
        large=False,
        icon=command.icon,
        keytip=free_keytip(command.label, taken),
        screentip=command.label,
        supertip=command.tip,
        command=command.name,
        questions=tuple(_asked(each) for each in command.parameters if each.required),
        confirm="Go ahead?" if command.writes else "",
    )


def _asked(parameter: Parameter) -> Question:
    kind = {Ask.DATE: Kind.DATE, Ask.PATH: Kind.OPEN, Ask.FLAG: Kind.YES_NO}.get(parameter.ask)
    kind = Kind.CHOICE if parameter.choices else kind or Kind.TEXT
    return Question(
        parameter.name, parameter.help, kind, choices=parameter.choices, required=True
    )  # fmt: skip


def free_keytip(label: str, taken: Iterable[str]) -> str:
    """A key tip made of the label's letters, which begins no other and which no other begins.

    Args:
        label: of the button.
        taken: the key tips of the others.
    """
    letters = [letter for letter in label.upper() if letter.isalpha()]
    rest = [*letters, *"QXZJYBGK0123456789"]
    tries: list[str] = [first + second for first in rest for second in rest[1:]]
    others = tuple(taken)
    for tip in tries:
        if not any(tip.startswith(other) or other.startswith(tip) for other in others):
            return tip
    raise AssertionError(f"no key tip is left for {label}")
