"""`python -m zaiti.cli`, for the processes that `zaiti up` starts."""

from zaiti.cli import main

main()
