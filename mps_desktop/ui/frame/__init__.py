"""The frame around the screens: rail, top bar, state line."""
