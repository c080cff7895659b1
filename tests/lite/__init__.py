"""Commands in xlwings Lite, over an Excel in memory."""
