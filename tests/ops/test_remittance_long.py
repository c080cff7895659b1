"""A long pasted text is looked through once, not once for each document that it names."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from ar_xl.ops.remittance.references import finder
from ar_xl.ops.remittance.text import read_text
from ar_xl.ops.remittance.words import named_documents, words_in


def test_the_words_of_a_line_of_a_thousand_documents_are_looked_for_once() -> None:
    find = finder(np.array(["INV-7"], dtype=object))
    pasted = "INV-7 100.00 less 5.00 " * 1300
    with patch("ar_xl.ops.remittance.text.words_in", wraps=words_in) as looked:
        read = read_text(pasted, find, find, ["Damage", "Other"])
    assert sum(len(call.args[0]) for call in looked.call_args_list) <= len(pasted)
    assert [(each.text, len(each.deductions)) for each in read.references] == [("INV-7", 1)]


def test_a_list_of_invoices_names_each_once_however_it_is_called() -> None:
    assert len(named_documents(", ".join(f"invoice{n}" for n in range(50)))) == 50
