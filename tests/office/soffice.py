"""One LibreOffice of our own: started with a profile of its own, asked through UNO, and ended."""

from __future__ import annotations

import builtins
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.office.basic import LIBRARY, MODULE, SOURCE

# Where distributions keep `uno`, which belongs to the Python they ship: the minor must be ours.
_UNO_FOLDERS = (
    "/usr/lib/python3/dist-packages",
    f"/usr/lib64/python3.{sys.version_info.minor}/site-packages",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
)
_START_SECONDS = 60.0
_ARGUMENTS = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nofirststartwizard",
)


class NoOfficeError(RuntimeError):
    """LibreOffice or its Python bridge is not here; the text says which."""


def uno_module() -> Any:
    """The `uno` module.

    Its folder is looked at only while it is imported, and last, so that no package of ours is
    taken from there; what it does to `import` is undone.

    Raises:
        NoOfficeError: it is not installed for this Python.
    """
    if "uno" in sys.modules:
        return sys.modules["uno"]
    plain = builtins.__import__
    added = [folder for folder in _UNO_FOLDERS if (Path(folder) / "uno.py").is_file()]
    sys.path += added
    try:
        return importlib.import_module("uno")
    except ImportError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise NoOfficeError(
            f"python3-uno for Python {version} is not installed ({error})"
        ) from None
    finally:
        builtins.__import__ = plain
        for folder in added:
            sys.path.remove(folder)


class Office:
    """A running LibreOffice; `close` ends the process that `start` made, and no other.

    Args:
        process: it.
        folder: where its profile is, which goes with it.
        context: of UNO, within it.
    """

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, context: Any) -> None:
        self._process, self._folder, self._context = process, folder, context
        self.uno = uno_module()
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self._add_library()
        factory = context.getValueByName(
            "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory"
        )
        self._scripts = factory.createScriptProvider("")
        self._found: dict[str, Any] = {}

    @classmethod
    def start(cls) -> Office:
        """Start one.

        Raises:
            NoOfficeError: it is not installed, or did not answer.
        """
        uno = uno_module()
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise NoOfficeError("LibreOffice is not installed")
        folder = Path(tempfile.mkdtemp(prefix="ar-xl-office-"))
        pipe = f"arxl{uuid4().hex}"
        process = subprocess.Popen(
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", *_ARGUMENTS,
             f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                return cls(process, folder, context)
            except uno.getClass("com.sun.star.connection.NoConnectException"):
                if time.monotonic() > until or process.poll() is not None:
                    process.kill()
                    shutil.rmtree(folder, ignore_errors=True)
                    raise NoOfficeError("LibreOffice did not start") from None
                time.sleep(0.1)

    def close(self) -> None:
        """End it."""
        try:
            self.desktop.terminate()
            self._process.wait(20)
        except Exception:  # noqa: BLE001 - whatever it says, it must not stay behind
            self._process.kill()
            self._process.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def load(self, path: Path, **how: Any) -> Any:
        """Open a document without a window; further properties of its opening may be given."""
        hidden = self._properties(Hidden=True, **how)
        return self.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, hidden)

    def store(self, document: Any, path: Path) -> None:
        """Write a document as a workbook of Excel."""
        as_xlsx = self._properties(FilterName="Calc MS Excel 2007 XML")
        document.storeToURL(path.resolve().as_uri(), as_xlsx)

    def ask(self, function: str, *arguments: Any) -> Any:
        """Call a function of our Basic module within LibreOffice."""
        if function not in self._found:
            place = f"{LIBRARY}.{MODULE}.{function}?language=Basic&location=application"
            self._found[function] = self._scripts.getScript(f"vnd.sun.star.script:{place}")
        return self._found[function].invoke(arguments, (), ())[0]

    def struct(self, name: str, **values: Any) -> Any:
        """A structure of UNO with values in it."""
        made = self.uno.createUnoStruct(name)
        for key, value in values.items():
            setattr(made, key, value)
        return made

    def _properties(self, **values: Any) -> tuple[Any, ...]:
        kind = "com.sun.star.beans.PropertyValue"
        return tuple(self.struct(kind, Name=key, Value=value) for key, value in values.items())

    def _service(self, name: str) -> Any:
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    def _add_library(self) -> None:
        libraries = self._service("com.sun.star.script.ApplicationScriptLibraryContainer")
        libraries.createLibrary(LIBRARY)
        libraries.getByName(LIBRARY).insertByName(MODULE, SOURCE)
