"""The buttons: every press a conversation, over an Excel in memory."""
