"""What runs inside Pyodide: `run.mjs` calls `answer`, which gives one line of JSON.

Where Pyodide's own builds of NumPy and pandas cannot be had, names alone stand in for them: then
modules are imported and declarations compared, and nothing is reckoned.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

# Libraries that make papers: no script of Lite needs them, and a browser does not get them.
_OF_PAPERS = frozenset({"PIL", "docx", "docxtpl", "jinja2", "lxml", "reportlab", "xlsxwriter"})
_WINDOWS_ONLY = frozenset({"ar_xl.udfs", "ar_xl.server", "ar_xl.ribbon"})


class _Names(ModuleType):
    """A module that has every name, so that what imports it can be imported."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock()


def _stand_in(*names: str) -> None:
    for name in names:
        module = _Names(name)
        module.__path__ = []
        sys.modules[name] = module


def _has_numpy() -> bool:
    try:
        importlib.import_module("numpy")
        importlib.import_module("pandas")
    except ImportError:
        return False
    return True


def answer() -> str:
    """Import every module, and reckon the workload where there is something to reckon with."""
    sys.path.insert(0, "/repository")
    real = _has_numpy()
    if not real:
        _stand_in("numpy", "numpy.typing", "pandas", "pandas.api", "pandas.api.types")
    package, failed, count = importlib.import_module("ar_xl"), dict[str, str](), 0
    for module in pkgutil.walk_packages(package.__path__, "ar_xl."):
        if module.name in _WINDOWS_ONLY:
            continue
        count += 1
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] not in _OF_PAPERS:
                failed[module.name] = repr(missing)[:200]
        except Exception as problem:  # noqa: BLE001 - named in the answer
            failed[module.name] = repr(problem)[:200]
    lite = importlib.import_module("ar_xl.lite")
    told = {"python": sys.version.split()[0], "numpy": real, "modules": count, "failed": failed,
            "scripts": list(lite.__all__)}  # fmt: skip
    if real:
        told["workload"] = importlib.import_module("proofs.lite.workload").as_text()
    return json.dumps(told)
