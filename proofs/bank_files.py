"""What each real bank file has to bring, worked out from the files and their descriptions.

A file that is not named here has to be refused in one sentence: all of the hostile ones, those
that are no statements, and those whose balances, counts or amounts do not hold.
"""

from __future__ import annotations

# What a file leaves open and is asked about; a wrong guess would be worse than a question.
OPTIONS: dict[str, dict[str, str]] = {
    "ledger-autosync__paypal.csv": {"dates": "mdy"},
    "oca__meta_data_separated_credit_debit.csv": {"dates": "dmy"},
    "oca__meta_data_separated_credit_debit.xlsx": {"dates": "dmy"},
}

BROUGHT: dict[str, str] = {
    # BAI2; citi's balances do not hold, and those of issue113 nor its counts
    "bai2__svb_us_example.bai2": "Proved, 2 lines",
    "moov__sample1.bai2": "No balance, 17 lines",
    "moov__sample3.bai2": "Proved, 26 lines",
    # MT940; the others do not prove, are cut, or are no statements
    "mt940__ASNB_mt940.mt940.txt": "Proved, 8 lines",
    "mt940__betterplace_sepa_mt9401.sta": "Proved, 97 lines",
    "mt940__betterplace_with_binary_character.sta": "Proved, 4 lines",
    "mt940__cmxl_mt940.sta": "Proved, 16 lines",
    "mt940__mBank_mt940.sta": "Proved, 3 lines",
    "mt940__self-provided_february_30.sta": "Proved, 1 lines",
    # CAMT; intraday reports book nothing, notifications have no balances
    "genkgo__camt052.v2.xml": "Not final, 0 lines",
    "genkgo__camt052.v6.Amt-zero.xml": "Not final, 0 lines",
    "genkgo__camt053.v2.minimal.xml": "No balance, 1 lines",
    "genkgo__camt053.v2.multi.statement.xml": "Proved, 2 lines",
    "genkgo__camt053.v4.xml": "No balance, 1 lines",
    "genkgo__camt054.v2.xml": "No balance, 1 lines",
    "genkgo__camt054.v8-with-UETR.xml": "No balance, 1 lines",
    "oca__test-camt054.xml": "No balance, 1 lines",
    # OFX and QIF; four decimals, $120, account lists and refused log-ons bring nothing
    "beancount-import__amex.ofx": "No balance, 3 lines",
    "beancount-import__checking-emptyledgerbal.ofx": "No balance, 3 lines",
    "ledger-autosync__accented_characters_latin1.ofx": "No balance, 1 lines",
    "ledger-autosync__comments.ofx": "No balance, 2 lines",
    "oca__test_ofx.ofx": "No balance, 4 lines",
    "ofxparse__checking.ofx": "No balance, 3 lines",
    "ofxparse__multiple_accounts.ofx": "No balance, 0 lines",
    "ofxparse__ofx-v102-empty-tags.ofx": "No balance, 1 lines",
    "ofxparse__suncorp.ofx": "No balance, 1 lines",
    "oca__test_qif.qif": "No balance, 5 lines",
    "quiffen__test.qif": "No balance, 5 lines",
    # tables; the two with account data above the headings close 0.02 above their lines
    "beancount-import__generic_statement.csv": "No balance, 6 lines",
    "fava__import.csv": "Proved, 2 lines",
    "hledger__sample.fr.cp1252.csv": "No balance, 3 lines",
    "hledger__stripe.csv": "No balance, 2 lines",
    "ledger-autosync__paypal.csv": "Proved, 2 lines",
    "oca__debit_credit.csv": "Proved, 2 lines",
    "oca__multi_currency.csv": "No balance, 2 lines",
    "oca__original_currency.csv": "No balance, 1 lines",
    "oca__sample_statement_en.csv": "No balance, 2 lines",
    # ACH; entries that we originated are no money yet, returns are draft adjustments
    "nacha__20110805A.ach": "Not final, 0 lines",
    "nacha__cor-example.ach": "No statement, 0 lines, 1 returns",
    "nacha__ctx-debit.ach": "Not final, 0 lines",
    "nacha__iat-addenda99.ach": "No statement, 0 lines, 1 returns",
    "nacha__nonascii.ach": "Not final, 0 lines",
    "nacha__ppd-debit.ach": "Not final, 0 lines",
    "nacha__ppd-mixedDebitCredit.ach": "Not final, 0 lines",
    "nacha__rck-debit.ach": "Not final, 0 lines",
    "nacha__return-WEB.ach": "No statement, 0 lines, 3 returns",
    "nacha__return-no-batch-header.ach": "No statement, 0 lines, 2 returns",
}
