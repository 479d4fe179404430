"""What is known of a Space: what it starts, builds, serves, writes and asks for."""
