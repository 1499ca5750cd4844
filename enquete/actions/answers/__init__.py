"""Questionnaires, and the answers to them, into the study and out of it."""
