"""The worksheet functions behind the macros."""

from tests.served.conftest import udfs

__all__ = ["udfs"]
