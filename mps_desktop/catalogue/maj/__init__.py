"""Updates of the catalogue from newer official files, beside the one shipped with the program."""
