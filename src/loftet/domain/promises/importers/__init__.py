"""Bringing in promises that were made elsewhere. One file per kind of step: read, store, tell again, report."""
