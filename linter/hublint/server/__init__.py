"""`hublint server`: findings, fixes, completion and hover for editors, over the Language Server Protocol."""
