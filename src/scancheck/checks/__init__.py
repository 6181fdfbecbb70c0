"""One small module per check: each takes a page's picture and the profile, and gives a verdict."""
