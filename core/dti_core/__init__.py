"""Evaluate units by the Digital Transformation Index of an official decision, exactly.

What a plugin needs: ``hookimpl`` and ``API_VERSION`` in :mod:`dti_core.hookspecs`, the models in
:mod:`dti_core.models`, the rule kinds in :mod:`dti_core.rules` and the reader of data files in
:mod:`dti_core.lawfiles`.
"""
