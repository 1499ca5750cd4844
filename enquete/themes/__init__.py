"""Suggests codes on what participants say, from the cues of a codebook."""
