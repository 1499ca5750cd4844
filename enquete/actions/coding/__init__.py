"""What coders do on the page and in files, and what is proposed to them."""
