"""Regulations from a table, alone or in a ZIP with their PDFs: read whole, checked whole, imported whole or not at all.

One row is one regulation. What is imported are drafts, as if the editor had typed them. The way of a file:
`reading.read` (with `columns` for the cells, `files` for the ZIP, `relating` for the relations) makes a Plan or says
what is wrong with which row; `storing.store` makes the pages. Only `storing` writes.
"""
