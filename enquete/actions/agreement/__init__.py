"""Agreement between coders, and disagreements settled."""
