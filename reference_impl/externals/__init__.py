"""The external APIs: Grok's chat completions and DuckDuckGo's page of hits, both scripted."""
