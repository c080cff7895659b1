Attribute VB_Name = "ArRuntime"
' How Excel reaches Python. The settings come from this add-in's own sheet and from nowhere else: no
' workbook at hand, no folder and no variable around Excel chooses an interpreter, a path or code.
Option Explicit
Option Private Module
#If Win64 Then
Private Const LIBRARY As String = "xlwings64-@XLWINGS@.dll"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-@XLWINGS@.dll" (ByRef found As Variant, ByVal way As String, ByVal mode As Long) As Long
#Else
Private Const LIBRARY As String = "xlwings32-@XLWINGS@.dll"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS@.dll" (ByRef found As Variant, ByVal way As String, ByVal mode As Long) As Long
#End If
Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr
Private mWay As String ' the way to Python that worked last; empty until the library is loaded
Private mResting As Date ' until then no formula tries again
Private mReason As String

' The object that serves us. A running agent is asked first (a class id starts nothing), then a
' process of our own, started in the same words for every workbook: one Python for one Excel.
' A button insists. A formula does not: after a failure formulas rest for a minute, or a sheet full
' of them would start a process for each.
Public Function ArServer(ByVal insisting As Boolean) As Object
    Dim python As String, way As Variant, found As Variant
    If Now < mResting And Not insisting Then Err.Raise 513, , mReason
    On Error GoTo failed
    If Application.OperatingSystem Like "Mac*" Then Err.Raise 513, , "Excel on a Mac starts no Python. Use xlwings Lite."
    python = ArSetting("python")
    If Len(mWay) = 0 Then mWay = ArLoaded(python, ArSetting("agent"))
    For Each way In Array(mWay, ArSetting("agent"), """" & python & """ -I -B -m ar_xl.server $(CLSID)")
        If XLPyDLLActivateAuto(found, CStr(way), 1) = 0 Then
            mWay = way
            mResting = 0
            Set ArServer = found
            Exit Function
        End If
    Next way
    Err.Raise 513, , "Python does not answer. " & found
failed:
    mReason = Err.Description & vbLf & vbLf & "What to do: at the prompt, type ar-xl addin doctor"
    mResting = Now + TimeSerial(0, 1, 0)
    Err.Raise 513, , mReason
End Function

' Loads the library by its full path, beside Python or one folder up, before it is first used: by
' its bare name it would also be looked for in the folder of the workbook at hand.
Private Function ArLoaded(ByVal python As String, ByVal way As String) As String
    Dim folder As String
    If Not (python Like "[A-Za-z]:\*\*" Or python Like "\\*\*") Then Err.Raise 513, , "The add-in was not told where Python is."
    folder = Left$(python, InStrRev(python, "\"))
    If LoadLibraryW(StrPtr(folder & LIBRARY)) = 0 Then folder = Left$(folder, InStrRev(folder, "\", Len(folder) - 1))
    If LoadLibraryW(StrPtr(folder & LIBRARY)) = 0 Then Err.Raise 513, , LIBRARY & " is missing."
    ArLoaded = way
End Function

Private Function ArSetting(ByVal key As String) As String
    ArSetting = Application.VLookup(key, ThisWorkbook.Worksheets("ar_xl.conf").Range("A1:B20"), 2, False)
End Function
