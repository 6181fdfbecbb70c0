"""A whole year played through the actions: `zaiti replay`, and what the demo shows."""
