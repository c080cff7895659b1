"""Buttons -> `customUI14.xml`, as [MS-CUSTOMUI2] has it.

One callback serves every button: which one was pressed is its id, what must be open its tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from xml.sax.saxutils import quoteattr

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
AFTER_TAB = "TabData"
ON_LOAD, ON_PRESS, ON_ENABLED = "ArRibbon.ArOnLoad", "ArRibbon.ArPress", "ArRibbon.ArEnabled"


class Shown(Protocol):
    """What is asked of a button; `needs.value` is the tag."""

    @property
    def id(self) -> str:
        """Its id, unique on the tab."""

    @property
    def label(self) -> str:
        """What stands on it."""

    @property
    def group(self) -> str:
        """The label of its group."""

    @property
    def large(self) -> bool:
        """As high as the ribbon."""

    @property
    def icon(self) -> str:
        """Name of an Office icon."""

    @property
    def keytip(self) -> str:
        """At most three characters."""

    @property
    def screentip(self) -> str:
        """Its purpose."""

    @property
    def supertip(self) -> str:
        """What happens."""

    @property
    def needs(self) -> Any:
        """What must be open."""

    @property
    def items(self) -> Sequence[Any]:
        """The entries, where it is a menu."""


def render(tab: str, keytip: str, buttons: Iterable[Shown]) -> str:
    """The text of the part; the same buttons give the same text.

    Args:
        tab, keytip: label and key tip of the tab.
        buttons: in their order; those of a group stand together.
    """
    groups: dict[str, list[Shown]] = {}
    for button in buttons:
        groups.setdefault(button.group, []).append(button)
    tab_ = {"id": "arTab", "label": tab, "keytip": keytip, "insertAfterMso": AFTER_TAB}
    inside = [line for group, shown in groups.items() for line in _group(group, shown)]
    lines = _element("tab", tab_, inside)
    for name, given in (("tabs", {}), ("ribbon", {"startFromScratch": "false"})):
        lines = _element(name, given, lines)
    lines = _element("customUI", {"xmlns": NAMESPACE, "onLoad": ON_LOAD}, lines)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + "\n".join(lines) + "\n"


def _group(label: str, buttons: Sequence[Shown]) -> list[str]:
    own = "arGroup" + "".join(each for each in label if each.isalnum())
    # A narrow window folds the group into one button, which needs an icon too.
    given = {"id": own, "label": label, "imageMso": buttons[0].icon, "autoScale": "true"}
    return _element("group", given, [line for button in buttons for line in _button(button)])


def _button(button: Shown, in_menu: bool = False) -> list[str]:
    given = {"id": button.id, "label": button.label}
    if not in_menu:  # entries of a menu are as large as the menu says
        given["size"] = "large" if button.large else "normal"
    given |= {"imageMso": button.icon, "keytip": button.keytip}
    given |= {"screentip": button.screentip, "supertip": button.supertip}
    given |= {"tag": str(button.needs.value), "getEnabled": ON_ENABLED}
    if not button.items:
        return _element("button", given | {"onAction": ON_PRESS})
    return _element("menu", given, [line for item in button.items for line in _button(item, True)])


def _element(name: str, given: dict[str, str], inside: Sequence[str] = ()) -> list[str]:
    start = " ".join([name, *(f"{key}={quoteattr(value)}" for key, value in given.items())])
    if not inside:
        return [f"<{start}/>"]
    return [f"<{start}>", *("  " + line for line in inside), f"</{name}>"]
