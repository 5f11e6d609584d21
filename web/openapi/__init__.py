"""The description of the API by OpenAPI 3.1, and a page that shows it."""
