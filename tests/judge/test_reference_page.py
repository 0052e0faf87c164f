"""What a page in Markdown documents, as far as it is read."""

from __future__ import annotations

import pytest

from seamwright.contract import Service
from seamwright.judge.reference_page import read_page

PAGE = """\
# trade: API reference

## Shop \\*new\\* API

### GET /orders/{id}

| Code | Status |
| --- | --- |
| NO_SUCH | 404 |

```json
## Shop API
### GET /in/code
| IN_CODE | 404 |
```

## Bank API

### POST /pay
#### Deeper

    ### GET /indented

|not | a row |
"""
SHOP = Service("shop", "Shop *new*", "Sells.", ())
BANK = Service("bank", "", "Pays.", ())


@pytest.mark.parametrize(
    ("service", "endpoint", "there"),
    [
        (SHOP, "GET /orders/{id}", True),
        (SHOP, "GET /orders", False),
        (SHOP, "GET /in/code", False),
        (SHOP, "POST /pay", False),
        (Service("bank", "Bank", "Pays.", ()), "POST /pay", True),
        (Service("bank", "Ban", "Pays.", ()), "POST /pay", False),
        (Service("bank", "Bank", "Pays.", ()), "GET /indented", False),
        (BANK, "POST /pay", False),
    ],
)
def test_an_endpoint_has_a_section_within_that_of_its_service(
    service: Service, endpoint: str, there: bool
) -> None:
    """A heading of that text below one that begins with the service's title, outside of code."""
    assert there is read_page(PAGE).has_section(service, endpoint)


def test_a_service_without_a_title_goes_by_its_name() -> None:
    """As it does on the page."""
    assert read_page("## bank API\n### POST /pay\n").has_section(BANK, "POST /pay")


@pytest.mark.parametrize(
    ("cells", "there"),
    [
        (("NO_SUCH",), True),
        (("NO_SUCH", "404"), True),
        (("NO_SUCH", "400"), False),
        (("404",), False),
        (("IN_CODE",), False),
        (("not",), False),
    ],
)
def test_a_row_begins_with_its_cells(cells: tuple[str, ...], there: bool) -> None:
    """Whole cells from the first on, of any table outside of code."""
    assert there is read_page(PAGE).has_row(*cells)
