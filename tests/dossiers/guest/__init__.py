"""A room that nobody knows of: its deeds, its state and its letter are declared here alone."""
