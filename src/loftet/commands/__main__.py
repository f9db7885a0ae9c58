"""`python -m loftet.commands`: the command line without its entry point, for the processes that `serve` starts."""

from loftet.commands.main import run

if __name__ == "__main__":
    run()
