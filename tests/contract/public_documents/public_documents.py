"""Descriptions that real services publish, from pinned packages, in the cache.

| name | dialect | form |
|---|---|---|
| figma | OpenAPI 3.1 | YAML, 10,000 lines |
| gitbook | OpenAPI 3.1 | YAML, 35,000 lines |
| netlify | Swagger 2.0 | JSON |
| okta | Swagger 2.0 | YAML |
| docuseal | OpenAPI 3.0 | YAML |
"""

from __future__ import annotations

import os
from pathlib import Path

from seamwright.drive.subject.toolchain import Toolchain, cache_folder

_FILES = {
    "docuseal": "docuseal-openapi/openapi.yaml",
    "figma": "@figma/rest-api-spec/openapi/openapi.yaml",
    "gitbook": "@gitbook/api/spec/openapi.yaml",
    "netlify": "@netlify/open-api/dist/swagger.json",
    "okta": "@okta/openapi/dist/spec.yaml",
}
LARGEST = ("gitbook", "figma")
NAMES = tuple(_FILES)


def paths() -> dict[str, Path]:
    """Name → file; fetched when it is not there yet (1 MB)."""
    modules = Toolchain(cache_folder(os.environ), print).npm(Path(__file__).parent)
    return {name: modules / file for name, file in _FILES.items()}
