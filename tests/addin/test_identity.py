"""The names that Excel, Windows and the server must agree on."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from ar_xl import server
from ar_xl.addin import identity
from ar_xl.addin.build import hand_written
from ar_xl.addin.places import server_command


def test_the_class_id_never_changes() -> None:
    assert f"{{{uuid5(NAMESPACE_URL, 'urn:ar-xl:agent')}}}".upper() == identity.AGENT_CLSID


def test_the_file_keeps_the_name_that_formulas_refer_to() -> None:
    assert identity.FILE_NAME == "ar_xl.xlam"


def test_add_in_installer_and_server_mean_the_same_command_line() -> None:
    words = " ".join(server_command("python", "$(CLSID)")[1:])
    macros = "".join(hand_written())
    assert f" {words}" in macros
    assert words.split()[-2] == server.__name__
    assert "Version" in server.Entry._public_methods_  # what doctor asks


def test_the_settings_sheet_has_a_name_that_excel_takes() -> None:
    assert len(identity.SETTINGS_SHEET) <= 31
    assert not set(identity.SETTINGS_SHEET) & set("[]:*?/\\'")
