"""What leaves the study, and the last look at it."""
