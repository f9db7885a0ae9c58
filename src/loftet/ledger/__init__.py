"""The core of the public register (löftesboken): pure functions that write it so that anyone can check it."""
