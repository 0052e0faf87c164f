"""Seamwright judges whether a system of small services keeps its contracts."""
