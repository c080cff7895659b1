"""Explaining figures: for every report sheet and table, the rule and the rows behind a cell.

One module a subject. Each function takes the books and the cell, and makes an `Explanation`;
`figures` finds the function, `answering` compares with the cell and puts it into words.
"""
