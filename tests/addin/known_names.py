"""Names of Office that the ribbon uses, each looked up in Microsoft's published lists.

Source: OfficeDev/office-fluent-ui-command-identifiers at b230a0d (18 March 2024), column Control
Name of excelcontrols.xlsx. A name stands here when all five lists have it: Office 2013, 2016 and
2019, and Microsoft 365 Current and Semi-Annual Channel. A name that Office does not know shows an
empty icon and no error. `python -m proofs.ribbon` compares with the lists themselves.
"""

from __future__ import annotations

LOOKED_UP = frozenset(
    {
        "AccountingFormat",
        "ApplicationOptionsDialog",
        "CalculateNow",
        "ChartInsert",
        "ChartTrendline",
        "ConditionalFormattingTopNItems",
        "Consolidate",
        "DataFormExcel",
        "DataValidation",
        "DollarSign",
        "EditLinks",
        "ErrorChecking",
        "FileMarkAsFinal",
        "FileNew",
        "FileProperties",
        "FileSaveAsPdfOrXps",
        "FileSendAsAttachment",
        "FunctionWizard",
        "GetExternalDataFromText",
        "GoalSeek",
        "HeaderFooterCurrentDate",
        "HeaderFooterCurrentTimeInsert",
        "Help",
        "Lock",
        "PercentStyle",
        "Redo",
        "ReviewAllowUsersToEditRanges",
        "ReviewNewComment",
        "SheetInsert",
        "SparklineColumnInsert",
        "TabData",
        "TraceError",
        "TracePrecedents",
        "Undo",
    }
)
