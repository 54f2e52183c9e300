"""A forge's issues, through its REST API: what GitHub and GitHub Enterprise Server publish.

https://docs.github.com/en/rest/issues
"""
