Attribute VB_Name = "ArCalls"
' Where the worksheet functions go.
Option Explicit
Option Private Module

' Python answers with a block of values and, as "row,column,number;...", the cells of it that are
' errors. Without Python the answer is #N/A: never a text, which SUM would skip.
Public Function ArCall(ByVal called As String, ByVal given As Variant) As Variant
    Dim reply As Variant, block As Variant, mark As Variant, part As Variant, at As Long
    ArCall = CVErr(2042)
    On Error GoTo failed
    ' The value of a single cell goes along: Python need not come back for it, which takes longer
    ' than all the rest. Currency is rounded to four decimals, so it goes as the number it is.
    For at = 0 To UBound(given)
        If IsObject(given(at)) Then
            If given(at).CountLarge = 1 Then given(at) = IIf(VarType(given(at).Value) = vbCurrency, given(at).Value2, given(at).Value)
        End If
    Next at
    reply = ArServer(False).CallUDF(called, given)
    block = reply(0)
    For Each mark In Split(reply(1), ";")
        part = Split(mark, ",")
        block(CLng(part(0)), CLng(part(1))) = CVErr(CLng(part(2)))
    Next mark
    If UBound(block, 1) = 0 And UBound(block, 2) = 0 Then ArCall = block(0, 0) Else ArCall = block
failed:
End Function
