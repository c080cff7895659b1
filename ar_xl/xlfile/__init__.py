"""An xlwings engine for .xlsx and .xlsm files. Knows nothing about accounts receivable."""
