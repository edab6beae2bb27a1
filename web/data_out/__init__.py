"""What programs take: the API, feeds, linked data, files, the site map, and the tools of assistants."""
