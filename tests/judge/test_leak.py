"""What a machine has written is found, and what speaks of it is not."""

from __future__ import annotations

import time

import pytest

from seamwright.judge.leak import leaks

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
LEAKS = {
    "a stack trace of Python": [
        "Traceback (most recent call last):\n  x",
        'File "/usr/app/main.py", line 12, in handle',
    ],
    "a stack trace of JavaScript": [
        "Error: no\n    at Layer.handle [as handle_request] (/app/node_modules/x/layer.js:95:5)",
        "at async Object.run (node:internal/process/task_queues:95:5)",
        "Error: no\n    at file:///srv/index.mjs:10:3",
    ],
    "a stack trace of Java": [
        "at org.example.Shop.read(Shop.java:42)",
        "\tat java.base/java.lang.Thread.run(Thread.java:833)",
        "at sun.reflect.Native.invoke0(Native Method)",
    ],
    "a stack trace of Go": [
        "goroutine 17 [running]:",
        "/go/src/shop/main.go:42 +0x1d",
        "panic: runtime error: index out of range",
    ],
    "a stack trace of Ruby": ["/app/models/shop.rb:10:in `read'", "shop.rb:3:in 'Shop#read'"],
    "a stack trace of PHP": [
        "#0 /var/www/html/index.php(12): Shop->read()",
        "Call to a member function read() on null in /var/www/html/shop.php:12",
        "<b>Warning</b>: x in <b>/var/www/html/shop.php</b> on line <b>12</b>",
    ],
    "a stack trace of .NET": [
        "at Shop.Orders.Read(Int32 id) in C:\\src\\Shop\\Orders.cs:line 42",
        "x\n   at Shop.Orders.Read(Int32 id)\n   at Shop.Program.Main()",
    ],
    "a panic of Rust": ["thread 'main' panicked at src/main.rs:4:5:"],
    "an error of PostgreSQL": [
        'relation "orders" does not exist',
        'duplicate key value violates unique constraint "orders_pkey"',
        'null value in column "id" of relation "orders" violates not-null constraint',
        'invalid input syntax for type uuid: "x"',
        "SQLSTATE[42S02]: Base table or view not found",
        "(psycopg2.errors.UndefinedTable)",
    ],
    "an error of SQLite": [
        "UNIQUE constraint failed: orders.id",
        "no such table: orders",
        'near "FROM": syntax error',
        "SQLITE_CONSTRAINT_UNIQUE",
    ],
    "an error of MySQL": [
        "You have an error in your SQL syntax; check the manual",
        "Unknown column 'x' in 'where clause'",
        "Table 'shop.orders' doesn't exist",
        "Duplicate entry 'a' for key 'PRIMARY'",
        "Access denied for user 'root'@'localhost'",
        "ER_DUP_ENTRY",
    ],
    "an error of Oracle": ["ORA-00942: table or view does not exist"],
    "a statement of SQL": [
        "SELECT id, name FROM orders WHERE id = 1",
        "INSERT INTO orders (id, name) VALUES (1, 2)",
        "UPDATE orders SET name = ?",
        "DELETE FROM orders WHERE id = 3",
        "[SQL: SELECT 1]",
    ],
    "a path of a file": [
        "ENOENT: no such file or directory, open '/app/config/shop.json'",
        "could not read /etc/shop/shop.conf",
        "/home/ann/shop/main.py is missing",
        "open C:\\inetpub\\shop\\web.dll failed",
        "connect /var/run/shop/shop.sock",
    ],
    "a private key": ["-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----"],
    "a password in an address": [
        "postgresql://shop:s3cr3t@db:5432/shop",
        "redis://:s3cr3t@cache:6379",
        "Server=db;Database=shop;User Id=sa;Password=s3cr3t;",
    ],
    "a token": ["AKIAIOSFODNN7EXAMPLE", "ghp_" + "a1" * 18, f"Bearer {JWT}", "AIza" + "a" * 35],
}
HARMLESS = [
    "",
    "No such order.",
    "The order does not exist",
    "Cannot GET /orders/12",
    "A stack trace is written to the log, with the most recent call last.",
    "File names must not be empty (line 3)",
    "Please look at Orders (section 4:2)",
    "select an item from the list where it is shown",
    "Select the orders FROM the list",
    "The value of column name is too long",
    "relation with the seller does not exist",
    "duplicate key: name",
    "There is no such table.",
    "A foreign key is needed to enter the country",
    "Look into /etc for more, or read /usr/share/doc",
    "see https://example.com/home/ann/main.py",
    '<script src="/app/main.js"></script>',
    "/orders/app/12.json",
    "and/or, app/main.js",
    "drive C:\\ is full",
    "https://user@example.com/orders",
    "postgresql://user:password@localhost/shop",
    "postgresql://user:<password>@localhost/shop",
    "postgresql://user:***@localhost/shop",
    "http://localhost:8080/@ann",
    "password=secret is not allowed in a query",
    "server=us-east; password=***",
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----",
    "eyJhbGciOiJIUzI1NiJ9 is the head of a token",
    "order ORA-1 was not found",
    "the order_SQLITE_ERROR",
    "at noon (12:30:15)",
    "at Shop (main street 12)",
    "in index.php",
    "go to main.go:12",
]


@pytest.mark.parametrize(
    ("what", "text"), [(what, text) for what, texts in LEAKS.items() for text in texts]
)
def test_what_a_machine_has_written_is_found(what: str, text: str) -> None:
    """Alone, and in the midst of a sentence."""
    assert what in {one.what for one in leaks(text)}
    assert what in {one.what for one in leaks(f"it failed: {text}\nsorry")}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_speaks_of_it_is_not(text: str) -> None:
    """Nobody writes the forms by chance, and addresses and placeholders are none."""
    assert () == leaks(text)


@pytest.mark.parametrize(
    "piece",
    [
        "at ",
        "at a.",
        "/home/a/",
        "SELECT a FROM ",
        "a" * 9,
        "host=a ",
        "\n   at A(",
        "a.a.",
        "://:@",
    ],
)
def test_a_hostile_text_costs_little(piece: str) -> None:
    """Its length counts, and no more than what is read of it."""
    began_s = time.process_time()
    leaks(piece * (400_000 // len(piece)))
    assert time.process_time() - began_s < 3


def test_secrets_are_told_apart() -> None:
    """They are told whatever else is, since they are worse than what shows where to push."""
    assert {"a stack trace of Python": False, "a token": True} == {
        one.what: one.is_secret
        for one in leaks("Traceback (most recent call last): AKIAIOSFODNN7EXAMPLE")
    }
