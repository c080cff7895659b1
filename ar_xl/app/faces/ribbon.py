"""Every button's wording, in the order of the ribbon."""

from __future__ import annotations

from ar_xl.app.faces.control import CONTROL_FACES
from ar_xl.app.faces.customers import CUSTOMER_FACES
from ar_xl.app.faces.daily import DAILY_FACES
from ar_xl.app.faces.month_end import MONTH_END_FACES
from ar_xl.app.faces.start import START_FACES
from ar_xl.app.questions import Face

FACES: tuple[Face, ...] = (
    *START_FACES, *DAILY_FACES, *CUSTOMER_FACES, *MONTH_END_FACES, *CONTROL_FACES,
)  # fmt: skip
