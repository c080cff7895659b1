"""The add-in's twin in LibreOffice: its modules have our texts, and its stubs compute in cells."""

from __future__ import annotations

import pytest

from ar_xl.addin import strict
from ar_xl.app.commands import addin
from proofs.addin_office import examine
from tests.office.engine import Engine


@pytest.mark.libreoffice
def test_libreoffice_compiles_the_macros_and_computes_the_stubs(live: Engine) -> None:
    modules = strict.read(addin.content()).project.modules
    seen = examine(live.office, addin.macros(), modules)
    assert seen.complaints == []
    assert seen.modules == len(modules)
