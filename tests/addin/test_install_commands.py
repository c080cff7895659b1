"""addin install, uninstall, doctor and agent, as they are typed, on a pretended computer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner, Result

from ar_xl import __version__
from ar_xl.addin.contents import settings_of
from ar_xl.addin.machine import OpenExcel, Reply
from ar_xl.addin.policychecks import CHILD_PROCESS_RULE
from ar_xl.addin.trouble import Trouble
from ar_xl.app.commands import addin_doctor, addin_install
from ar_xl.app.commands.addin_words import TROUBLES
from ar_xl.cli import main
from tests.addin.pretend import Pretend

Call = Callable[..., Result]
_RULES = (r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
          r"\Windows Defender Exploit Guard\ASR\Rules")  # fmt: skip


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pretend:
    made = Pretend(tmp_path)
    made.python_is(ar_xl=__version__)
    made.server = Reply(__version__)
    for module in (addin_install, addin_doctor):
        monkeypatch.setattr(module, "this_machine", lambda: made)
    return made


@pytest.fixture
def call(computer: Pretend) -> Call:
    return lambda *words: CliRunner().invoke(main, words)


def test_every_trouble_has_its_words() -> None:
    assert set(TROUBLES) == set(Trouble)
    for told in TROUBLES.values():
        assert told.fix.endswith(".")
        assert not told.expected.endswith(".")


def test_install_says_where_and_what_next(call: Call, computer: Pretend) -> None:
    result = call("addin", "install")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == f"Installed ar_xl {__version__}: {computer.addin}"
    assert lines[1] == "Start Excel: the tab Receivables is there."
    assert len(lines) == 3


def test_what_is_installed_is_what_doctor_builds(call: Call) -> None:
    call("addin", "install")
    result = call("addin", "doctor")
    assert result.exit_code == 0
    assert result.output.endswith("\n\nAll is well.\n")


def test_a_preview_writes_nothing(call: Call, computer: Pretend) -> None:
    before = computer.everything()
    result = call("addin", "install", "--agent", "--preview")
    assert result.exit_code == 0
    assert f"Would put the add-in here: {computer.addin}" in result.output
    assert computer.everything() == before


def test_an_upgrade_names_both_versions(call: Call, computer: Pretend) -> None:
    computer.python_is(ar_xl="0.0.9")
    call("addin", "install")
    computer.python_is(ar_xl=__version__)
    assert f"Installed ar_xl {__version__} in place of 0.0.9: " in call("addin", "install").output


def test_with_an_excel_that_runs_it_must_be_started_again(call: Call, computer: Pretend) -> None:
    computer.excel = OpenExcel("", has_addin=False)
    assert "Close Excel and start it again" in call("addin", "install").output


def test_an_excel_that_has_it_open_ends_with_busy(call: Call, computer: Pretend) -> None:
    computer.excel = OpenExcel("", has_addin=True)
    for command in ("install", "uninstall"):
        result = call("addin", command)
        assert result.exit_code == 4
        assert "Save your work, close every Excel window" in result.output


def test_store_python_says_what_to_install_instead(call: Call, computer: Pretend) -> None:
    computer.python_is(base=PureWindowsPath(r"C:\Program Files\WindowsApps\Python"))
    result = call("addin", "install")
    assert result.exit_code == 6
    assert "Install Python from python.org" in result.output


def test_a_refusal_is_json_where_asked(call: Call, computer: Pretend) -> None:
    computer.python_is(has_pywin32=False)
    answer = json.loads(call("addin", "install", "--json").output)
    assert answer["exit"] == 6
    assert answer["findings"][0]["code"] == "pywin32_missing"


def test_a_blocking_rule_points_to_the_agent(call: Call, computer: Pretend) -> None:
    computer.sets(_RULES, **{CHILD_PROCESS_RULE: "1"})
    assert "Run `ar-xl addin install --agent`" in call("addin", "install").output
    result = call("addin", "install", "--agent")
    assert "The agent runs." in result.output
    assert call("addin", "doctor").exit_code == 0


def test_an_agent_of_before_the_upgrade_is_started_anew(call: Call, computer: Pretend) -> None:
    computer.agent_version = "0.0.9"
    call("addin", "install", "--agent")
    assert computer.agent_version == __version__
    assert len(computer.started) == 1


def test_an_entry_that_could_not_be_written_is_said(call: Call, computer: Pretend) -> None:
    computer.link_problem = "Access is denied"
    result = call("addin", "install", "--agent")
    assert result.exit_code == 0
    assert "Access is denied." in result.output
    assert TROUBLES[Trouble.AGENT_ENTRY_NOT_WRITTEN].fix in result.output
    assert "guards the Startup folder" in result.output


def test_a_missing_excel_does_not_keep_the_add_in_away(call: Call, computer: Pretend) -> None:
    computer.uninstalls_excel()
    result = call("addin", "install")
    assert result.exit_code == 0
    assert "Excel: no Excel was found on this computer." in result.output
    assert "Start Excel" not in result.output


def test_a_tab_that_excel_would_leave_out_is_not_promised(call: Call, computer: Pretend) -> None:
    computer.sets(r"HKCU\Software\Microsoft\Office\16.0\Excel\Security", RequireAddinSig=1)
    result = call("addin", "install")
    assert "Start Excel" not in result.output
    assert "Excel will not show the tab until what follows is settled.\n" in result.output


def test_uninstall_says_what_it_took_away(call: Call, computer: Pretend) -> None:
    before = computer.everything()
    call("addin", "install", "--agent")
    result = call("addin", "uninstall")
    assert result.exit_code == 0
    assert f"Took away {computer.addin}" in result.output
    assert "The agent was told to end." in result.output
    assert computer.everything() == before


def test_uninstall_without_an_installation_says_so(call: Call) -> None:
    result = call("addin", "uninstall")
    assert result.exit_code == 0
    assert result.output == "Nothing is installed for you; nothing was changed.\n"


def test_uninstall_says_what_it_left(call: Call, computer: Pretend) -> None:
    call("addin", "install")
    computer.put(computer.addin, b"mine")
    assert f"Left {computer.addin}: it is another file" in call("addin", "uninstall").output


def test_doctor_ends_with_three_and_says_what_to_do(call: Call) -> None:
    result = call("addin", "doctor")
    assert result.exit_code == 3
    assert "problem  Add-in" in result.output
    assert "Run `ar-xl addin install`." in result.output
    assert result.output.endswith("1 problem: begin with the first one.\n")


def test_doctor_keeps_to_a_hundred_columns_but_breaks_no_path(call: Call) -> None:
    for line in call("addin", "doctor").output.splitlines():
        assert len(line) <= 100 or "C:\\" in line


def test_doctor_gives_each_check_as_json(call: Call) -> None:
    answer = json.loads(call("addin", "doctor", "--json").output)
    found = {each["name"]: each for each in answer["checks"]}
    assert found["Add-in"]["verdict"] == "problem"
    assert found["Add-in"]["code"] == "addin_missing"
    assert found["Excel"]["code"] is None


def test_the_agent_is_started_once(call: Call, computer: Pretend) -> None:
    assert "The agent runs until you log off" in call("agent").output
    assert call("agent").output == "The agent runs already.\n"
    assert len(computer.started) == 1


def test_the_agent_is_ended(call: Call, computer: Pretend) -> None:
    call("agent")
    assert call("agent", "--stop").output == "The agent was told to end.\n"
    assert call("agent", "--stop").output == "No agent runs.\n"


def test_an_agent_of_another_version_is_refused(call: Call, computer: Pretend) -> None:
    computer.agent_version = "0.0.9"
    result = call("agent")
    assert result.exit_code == 6
    assert "`ar-xl agent --stop`, then `ar-xl agent`" in result.output


def test_an_agent_that_windows_does_not_start(call: Call, computer: Pretend) -> None:
    computer.start_problem = "Access is denied"
    result = call("agent")
    assert result.exit_code == TROUBLES[Trouble.AGENT_DID_NOT_START].exit == 6
    assert "Windows did not start it: Access is denied." in result.output


def test_an_agent_that_stays_silent(call: Call, computer: Pretend) -> None:
    computer.server = Reply("", "no answer")
    assert "It was started, but is silent: Class not registered." in call("agent").output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--target", "out"], "target_without_python"),
        (["--python", r"C:\py\python.exe"], "python_without_target"),
        (["--target", "out", "--python", "/usr/bin/python"], "python_not_a_program"),
        (["--target", "out", "--python", r"C:\py\cmd.exe"], "python_not_a_program"),
        (["--target", "out", "--python", 'C:\\a" & calc "\\python.exe'], "python_not_a_program"),
    ],
)
def test_a_wrong_call_is_said(words: list[str], code: str) -> None:
    result = CliRunner().invoke(main, ["addin", "install", *words, "--json"])
    assert result.exit_code == 2
    assert json.loads(result.output)["findings"][0]["code"] == code


def test_on_linux_nothing_is_installed_and_the_way_out_is_said() -> None:
    for command in (["addin", "install"], ["addin", "uninstall"], ["agent"], ["agent", "--stop"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == TROUBLES[Trouble.NOT_WINDOWS].exit == 6
        assert result.output.startswith("This computer runs Linux. The commands work on workbook")


def test_on_linux_doctor_says_what_works() -> None:
    result = CliRunner().invoke(main, ["addin", "doctor"])
    assert result.exit_code == 0
    assert "The commands work on workbook files here" in result.output


def test_on_linux_an_add_in_for_other_computers_is_written(tmp_path: Path) -> None:
    python = r"C:\Program Files\ar_xl\Scripts\pythonw.exe"
    words = ["addin", "install", "--target", str(tmp_path / "out"), "--python", python]
    preview = CliRunner().invoke(main, [*words, "--preview"])
    assert preview.exit_code == 0
    assert not (tmp_path / "out").exists()
    for _ in range(2):
        assert CliRunner().invoke(main, words).exit_code == 0
    found = settings_of((tmp_path / "out" / "ar_xl.xlam").read_bytes())
    assert found is not None
    assert found["python"] == python
