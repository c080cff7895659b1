"""The live path: our commands on xlwings' own Windows engine, over an Excel in memory."""
