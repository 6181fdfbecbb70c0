"""What one person of a bureau prepares and another approves: the four-eyes rule, told once."""
