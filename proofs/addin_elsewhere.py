"""The add-in built elsewhere: by another process, by an installed wheel, by other Pythons."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from ar_xl.addin.identity import SETTING_KEYS
from ar_xl.addin.strict import read

ROOT = Path(__file__).resolve().parents[1]
_FROM_TEXTS = """
import json, sys
from ar_xl.addin import build
given = json.load(open(sys.argv[1], encoding="utf-8"))
print(build.fingerprint(build.build(given["macros"], given["ribbon"], given["settings"])))
"""


def by_another_process(hash_seed: str) -> str:
    """The fingerprint, where Python orders its sets otherwise."""
    with tempfile.TemporaryDirectory(prefix="ar-xl-other-") as folder:
        return _by_command(folder, {**os.environ, "PYTHONHASHSEED": hash_seed})


def by_wheel() -> str:
    """The fingerprint of what a wheel makes that was built and installed, away from this clone.

    Raises:
        AssertionError: it was not the wheel that made it.
    """
    with tempfile.TemporaryDirectory(prefix="ar-xl-wheel-") as folder:
        place = Path(folder)
        _pip("wheel", "--no-deps", "--wheel-dir", str(place), str(ROOT))
        (wheel,) = place.glob("*.whl")
        _pip("install", "--no-deps", "--target", str(place / "installed"), str(wheel))
        assert (place / "installed" / "ar_xl" / "addin" / "macros").is_dir(), "no macros in it"
        environment = {**os.environ, "PYTHONPATH": str(place / "installed")}
        asked = "import ar_xl; print(ar_xl.__file__)"
        where = _asked([sys.executable, "-c", asked], environment, folder)
        assert Path(where).is_relative_to(place), f"{where} is not the wheel's"
        return _by_command(folder, environment)


def by_other_pythons(content: bytes, macros: Sequence[str], ribbon: str) -> Mapping[str, str]:
    """The fingerprint by version, for every other Python that is here and new enough.

    They need nothing installed but one package in pure Python, which is lent to them.
    """
    settings = dict(read(content).settings)
    assert set(settings) == set(SETTING_KEYS)
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="ar-xl-pythons-") as folder:
        place = Path(folder)
        lent = find_spec("defusedxml")
        assert lent is not None
        assert lent.origin is not None
        shutil.copytree(Path(lent.origin).parent, place / "defusedxml")
        shutil.copytree(ROOT / "ar_xl", place / "ar_xl")
        texts = {"macros": list(macros), "ribbon": ribbon, "settings": settings}
        (place / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        for python in _pythons():
            environment = {**os.environ, "PYTHONPATH": folder}
            version = _asked([python, "-c", "import sys; print(sys.version.split()[0])"],
                             environment, folder)  # fmt: skip
            found[version] = _asked(
                [python, "-c", _FROM_TEXTS, str(place / "texts.json")], environment, folder
            )
    return found


def _pythons() -> list[str]:
    """Interpreters of other minor versions on the path, or where pyenv keeps them."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    names = [f"python3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor]
    found = []
    for name in names:
        places = [*kept.glob(f"*/bin/{name}"), Path(shutil.which(name) or "nowhere")]
        for place in places:
            if place.is_file() and "shims" not in place.parts:
                found.append(str(place))
                break
    return found


def _by_command(folder: str, environment: Mapping[str, str]) -> str:
    made = Path(folder) / "ar_xl.xlam"
    answer = _asked(
        [sys.executable, "-m", "ar_xl.cli", "addin", "build", "--json", "--out", str(made)],
        {"PYTHONPATH": str(ROOT), **environment},
        folder,
    )
    return str(json.loads(answer)["sha256"])


def _asked(words: Sequence[str], environment: Mapping[str, str], folder: str) -> str:
    done = subprocess.run(
        words, env=dict(environment), cwd=folder, capture_output=True, text=True, check=False,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"{words[0]}: {done.stderr[-2000:]}"
    return done.stdout.strip()


def _pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, f"pip {words[0]}: {done.stderr[-2000:]}"
