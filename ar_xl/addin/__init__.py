"""The Excel add-in: built from text and the registries, installed, and examined.

Imports nothing of ours but itself; registries come as arguments.
"""
