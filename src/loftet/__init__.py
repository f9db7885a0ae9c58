"""Löftet: medborgarlöften from dialogue to answer."""
