"""A cycle from opening to publication: who may say what and when, and what comes of it.

Every service takes a :class:`Turn`, one transaction and the cycle as it stands in it; days, times
and names come from the edge. Nothing here prints, and nothing here is a command.
"""
