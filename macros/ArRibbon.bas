Attribute VB_Name = "ArRibbon"
' What the ribbon calls. Python decides and words everything; this shows what it is told. No error
' may leave a callback: Excel would reset the project, and the ribbon could not be refreshed again.
Option Explicit
Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal words As LongPtr, ByVal title As LongPtr, ByVal style As Long) As Long
Private mRibbon As IRibbonUI
Private mEvents As ArEvents
Private mBusy As Boolean

Public Sub ArOnLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
    ArRefresh
End Sub

Public Sub ArRefresh()
    On Error Resume Next
    If mEvents Is Nothing Then Set mEvents = New ArEvents
    ' After a reset of the project there is no ribbon to refresh; its buttons work all the same.
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub

Public Sub ArEnabled(control As IRibbonControl, ByRef enabled As Variant)
    Dim ours As Object
    On Error Resume Next
    Set ours = ActiveWorkbook.Worksheets("Batches").ListObjects("Batches")
    enabled = control.Tag = "none" Or Not ours Is Nothing Or (control.Tag = "any" And Not ActiveWorkbook Is Nothing)
End Sub

' One callback for all buttons: Python says what to show and gets the answer, until it says "end".
Public Sub ArPress(control As IRibbonControl)
    Dim server As Object, reply As Variant, given As Variant, reckoning As Variant, sheet As String, cell As String
    If mBusy Then Exit Sub
    mBusy = True
    On Error GoTo failed
    If Not ActiveWorkbook Is Nothing Then reckoning = Application.Calculation
    If TypeName(ActiveSheet) = "Worksheet" Then sheet = ActiveSheet.Name
    If Len(sheet) > 0 Then cell = ActiveCell.Address(False, False)
    Set server = ArServer(True)
    reply = server.Press(control.ID, ActiveWorkbook, sheet, cell)
    Do Until reply(0) = "end"
        given = ArShow(reply)
        reply = server.Answer(CStr(given), VarType(given) = vbBoolean, ActiveWorkbook)
    Loop
    If Len(reply(3)) > 0 Then ActiveWorkbook.Sheets(reply(3)).Activate
    ArRestore reply(2)
    Exit Sub
failed:
    given = Err.Description
    ArRestore "", reckoning
    ArBox "Receivables", "The button did not finish. If rows or sheets look half written, close the workbook without saving it." & vbLf & vbLf & given, 48
End Sub

' Excel as it was. The last words stay in the status bar for a moment, then this runs again.
Public Sub ArRestore(Optional ByVal words As String, Optional ByVal reckoning As Variant)
    On Error Resume Next
    ' What Python switches off while it works, and cannot switch on again once it is gone.
    If VarType(reckoning) = vbLong Then Application.ScreenUpdating = True: Application.DisplayAlerts = True: Application.EnableEvents = True: Application.Calculation = reckoning
    mBusy = False
    Application.Interactive = True
    Application.Cursor = xlDefault
    Application.StatusBar = IIf(Len(words) > 0, words, False)
    If Len(words) > 0 Then Application.OnTime Now + TimeSerial(0, 0, 10), "'" & ThisWorkbook.Name & "'!ArRibbon.ArRestore"
    ArRefresh
End Sub

' What the user answered; False where a box was cancelled or nothing could be opened.
Private Function ArShow(ByVal reply As Variant) As Variant
    Select Case reply(0)
        Case "say", "error": ArBox reply(1), reply(2), IIf(reply(0) = "say", 64, 48)
        Case "ask": If ArBox(reply(1), reply(2), 292) = 6 Then ArShow = "yes" Else ArShow = "no"
        Case "text": ArShow = Application.InputBox(reply(2), reply(1), reply(3), Type:=2)
        Case "file": ArShow = Application.GetOpenFilename(reply(3), 1, reply(1))
        Case "save": ArShow = Application.GetSaveAsFilename(reply(2), reply(3), 1, reply(1))
        Case "open", "page": On Error Resume Next
            If reply(0) = "open" Then Workbooks.Open reply(2)
            If reply(0) = "page" Then ThisWorkbook.FollowHyperlink reply(2)
            If Err.Number <> 0 Then ArShow = False
        Case Else: Err.Raise 513, , "The add-in is older than Python's part. At the prompt, type: ar-xl addin install"
    End Select
End Function

' A box that knows all letters, as VBA's knows only the letters of one code page. 64: a note, 48: a warning, 292:
' yes or no, with No chosen beforehand.
Private Function ArBox(ByVal title As String, ByVal words As String, ByVal style As Long) As Long
    If Application.OperatingSystem Like "Mac*" Then ArBox = MsgBox(words, style, title): Exit Function
    ArBox = MessageBoxW(Application.Hwnd, StrPtr(words), StrPtr(title), style)
End Function
