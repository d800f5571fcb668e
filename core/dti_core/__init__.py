"""Evaluate units by the Digital Transformation Index of an official decision, exactly.

What a plugin needs: :data:`hookimpl` and :data:`API_VERSION` here, the models in
:mod:`dti_core.models`, the rule kinds in :mod:`dti_core.rules` and the hooks in
:mod:`dti_core.hookspecs`.
"""

from dti_core.hookspecs import API_VERSION, hookimpl

__all__ = ["API_VERSION", "hookimpl"]
