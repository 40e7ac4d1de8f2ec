"""Points, boards, notices and reactions over HTTP."""
