"""From paths to findings: discovery, rules, selection, suppression, fixes."""
