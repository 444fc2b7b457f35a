"""What takes minutes is tried by `make robust`, not by `make test`."""

import os

import pytest

__all__ = ["lasting"]

lasting = pytest.mark.skipif(os.environ.get("ROBUST") != "1", reason="takes minutes: make robust tries it")
