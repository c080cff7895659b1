"""What LibreOffice does for us in one call instead of hundreds, in its own Basic.

A call through UNO takes about a millisecond; a sheet has a hundred number formats to be asked for
and a report a hundred to be set. Rows and columns count from 0 here. This Basic
leaves a function without a word where an array grows, or where its size is a property.
"""

from __future__ import annotations

LIBRARY, MODULE = "ArXl", "Batch"

SOURCE = """
Option Base 0

Dim pieces As String

' Last used row and column, values, formulas and number formats of a sheet.
Function View(doc, sheet_name, least_row, least_column)
  sheet = doc.Sheets.getByName(sheet_name)
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  used_row = cursor.RangeAddress.EndRow
  used_column = cursor.RangeAddress.EndColumn
  last_row = used_row
  If last_row < least_row Then last_row = least_row
  last_row = last_row + 1
  last_column = used_column
  If last_column < least_column Then last_column = least_column
  area = sheet.getCellRangeByPosition(0, 0, last_column, last_row)
  pieces = ""
  For column = 0 To last_column
    AddPieces(sheet, column, 0, last_row)
  Next
  View = Array(used_row, used_column, area.getDataArray(), FormulasIn(sheet, area), pieces)
End Function

' Column, first row, last row and number format of runs of cells that have the same.
Sub AddPieces(sheet, column, first_row, last_row)
  shown = FormatOf(sheet.getCellRangeByPosition(column, first_row, column, last_row))
  If shown < 0 And first_row < last_row Then
    middle = (first_row + last_row) \\ 2
    AddPieces(sheet, column, first_row, middle)
    AddPieces(sheet, column, middle + 1, last_row)
    Exit Sub
  End If
  pieces = pieces & column & " " & first_row & " " & last_row & " " & shown & ";"
End Sub

' Row, column, formula, error number and shown text of cells with formulas.
Function FormulasIn(sheet, area)
  Dim found()
  places = area.queryContentCells(com.sun.star.sheet.CellFlags.FORMULA).getRangeAddresses()
  last = UBound(places)
  count = 0
  For index = 0 To last
    place = places(index)
    count = count + (place.EndRow - place.StartRow + 1) * (place.EndColumn - place.StartColumn + 1)
  Next
  ReDim found(count)
  count = 0
  For index = 0 To last
    place = places(index)
    For row = place.StartRow To place.EndRow
      For column = place.StartColumn To place.EndColumn
        cell = sheet.getCellByPosition(column, row)
        found(count) = Array(row, column, cell.Formula, cell.getError(), cell.String)
        count = count + 1
      Next
    Next
  Next
  FormulasIn = found
End Function

' The number format of an area, -1 where its cells differ.
Function FormatOf(area)
  FormatOf = -1
  If area.getPropertyState("NumberFormat") <> com.sun.star.beans.PropertyState.AMBIGUOUS_VALUE Then
    FormatOf = area.NumberFormat
  End If
End Function

' Puts in values, row by row; looks are set before.
Sub PutValues(doc, looks, sheet_name, row, column, values)
  Dress(doc, looks)
  last_row = row + UBound(values)
  last_column = column + UBound(values(0))
  sheet = doc.Sheets.getByName(sheet_name)
  sheet.getCellRangeByPosition(column, row, last_column, last_row).setDataArray(values)
End Sub

' Looks of cells: sheet, first row and column, last row and column, what, and its value.
Sub Dress(doc, looks)
  For Each look In looks
    sheet = doc.Sheets.getByName(look(0))
    area = sheet.getCellRangeByPosition(look(2), look(1), look(4), look(3))
    Select Case look(5)
      Case "ColumnWidth"
        area.Columns.Width = look(6)
      Case "RowHeight"
        area.Rows.Height = look(6)
      Case Else
        area.setPropertyValue(look(5), look(6))
    End Select
  Next
End Sub

' Name, number of sheet, edges and totals row of every table.
Function TablesOf(doc)
  Dim found()
  tables = doc.DatabaseRanges
  count = tables.Count
  ReDim found(count)
  For index = 0 To count - 1
    each_one = tables.getByIndex(index)
    at = each_one.DataArea
    found(index) = Array(each_one.Name, at.Sheet, at.StartRow, at.StartColumn, at.EndRow, _
      at.EndColumn, each_one.TotalsRow)
  Next
  TablesOf = found
End Function
"""
