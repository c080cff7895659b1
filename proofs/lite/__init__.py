"""What xlwings Lite runs ar_xl on, without Excel: Pyodide, and numbers counted in 32 bits."""
