"""One package per screen: layout in the view, behaviour in the presenter."""
