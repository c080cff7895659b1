"""Tables of banks and payment services, CSV or workbook, read by their headings."""
