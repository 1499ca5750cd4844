"""Files of answers that other programs wrote, read column by column with everything that they say of their values."""
