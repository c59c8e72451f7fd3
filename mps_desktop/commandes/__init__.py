"""One module per family of sub-commands, each holding a typer application that ``cli`` puts together."""
