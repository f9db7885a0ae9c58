"""Papers: data in, tagged PDF out. Pure: no Django, nothing read or written but the templates beside this file."""
