"""Small reusable parts; every colour and size comes from the theme."""
