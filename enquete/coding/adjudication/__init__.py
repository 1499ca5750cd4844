"""Where coders of an interview agree and part, as passages that somebody decides on, and what a decision keeps."""

from enquete.coding.adjudication.cases import Case, Kind, Reading, cases
from enquete.coding.adjudication.verdicts import Kept, Verdict, kept, same_readings

__all__ = ["Case", "Kept", "Kind", "Reading", "Verdict", "cases", "kept", "same_readings"]
