"""Pure numbers and text: opinion groups, routing, small numbers, identifying text. No Django, no I/O."""
