"""What stands between a folder and its deployment: tools, login, remote, secrets and variables, findings."""
