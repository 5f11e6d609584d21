"""Who may do what: tokens, the rights of a request, and the form to sign in."""
