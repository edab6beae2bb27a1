"""The addresses, a module for each group of them; each has a `router` that `web/app.py` lists."""
