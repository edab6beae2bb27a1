"""The web application: pages and data over what `queries/` answers. It writes nothing, and reads one publication for a whole request."""
