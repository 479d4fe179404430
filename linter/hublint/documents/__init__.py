"""Files parsed once, with the position of everything in them."""
