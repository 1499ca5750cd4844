"""The words of people interviewed: forms, those that are specific to a part, those around them."""
