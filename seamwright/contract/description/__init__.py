"""An interface as a document of somebody's describes it: OpenAPI 3.0, 3.1 or Swagger 2.0, read."""
