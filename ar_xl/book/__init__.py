"""The workbook as a store: template, reader, writer, report sheets. Speaks xlwings only."""
