"""The permission matrix: every verb of staff, tried by every role in every state."""
