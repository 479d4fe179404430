"""The comments that silence hublint itself."""
