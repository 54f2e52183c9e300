"""The plan as pages for a browser, each of them one file: the only place that knows HTML."""
