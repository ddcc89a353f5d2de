"""`python -m softsite`."""

from softsite.cli import command

if __name__ == "__main__":
    command()
