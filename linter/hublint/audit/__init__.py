"""`hublint audit`: the state of many repositories, in folders, on the Hub, or in dumps of cards."""
