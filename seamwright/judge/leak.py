"""What a text tells of the inside of a service: stack traces, SQL, paths of files, credentials.

The patterns are exact: each is a form that a machine writes and that nobody writes by chance. None
has an unbounded repetition within another, so that a hostile text costs no more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leak:
    """A piece of a text that is of the inside.

    Attributes:
        what: its kind, in words that carry no value.
        text: the piece itself, to be held against what was sent.
    """

    what: str
    text: str

    @property
    def is_secret(self) -> bool:
        """Whether whoever reads it can act as the service."""
        return self.what in _SECRETS


_SECRETS = frozenset({"a private key", "a password in an address", "a token"})
_LONGEST = 1 << 16
"""Characters of a text that are read."""

_ROOTS = (
    r"(?:home/[\w.-]{1,64}|Users/[\w.-]{1,64}|root|var/(?:www|lib|run|log|task|app)|opt|srv|etc"
    r"|usr/(?:local|src|lib|share|bin|app)|app|workspace|tmp|private/var|node_modules)"
)
_ENDINGS = (
    r"(?:py|rb|php|go|rs|java|kt|scala|cs|jar|js|mjs|cjs|ts|sql|sqlite3?|db|env|ini|conf|cfg|toml"
    r"|ya?ml|json|log|sock|so|pem|key|crt|pid|lock)"
)
_LEFT = r"(?<![\w.:/\\=-])(?<!=[\"'])"
"""Not within a word, an address (`http://…`) or an attribute of HTML."""

_JAVA_FILE = r"(?:[\w$]{1,80}\.(?:java|kt|scala|groovy)(?::\d{1,6})?|Native Method|Unknown Source)"
_DSN_SCHEMES = (
    r"(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse"
    r"|ldaps?|smtps?|ftps?|https?)(?:\+\w{1,20})?"
)
_SQL_NAME = r"[\"'`]?[\w.$]{1,128}[\"'`]?"

_FORMS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "a stack trace of Python",
        ("Traceback", 'File "'),
        (
            r"Traceback \(most recent call last\):",
            r"File \"[^\"\n]{1,300}\", line \d{1,7}, in [\w<]",
        ),
    ),
    (
        "a stack trace of JavaScript",
        ("at ",),
        (
            (
                r"\bat (?:async |new )?[\w.$<>\[\] ]{1,120} \((?:node:|file:///|webpack|/|[A-Za-z]:\\)"
                r"[^()\s]{1,300}:\d{1,7}:\d{1,7}\)"
            ),
            r"\n\s{1,12}at (?:async )?(?:node:|file:///|/|[A-Za-z]:\\)[^()\s]{1,300}:\d{1,7}:\d{1,7}",
        ),
    ),
    (
        "a stack trace of Java",
        ("at ",),
        (
            (
                rf"\bat (?:[\w.@-]{{1,80}}/{{1,2}})?[\w$]{{1,80}}(?:\.[\w$<>]{{1,120}}){{1,20}}"
                rf"\({_JAVA_FILE}\)"
            ),
        ),
    ),
    (
        "a stack trace of Go",
        ("goroutine ", ".go:", "panic: "),
        (
            r"\bgoroutine \d{1,9} \[[a-z][a-z ,0-9()]{0,60}\]:",
            r"[\w/.@-]{1,300}\.go:\d{1,7} \+0x[0-9a-f]{1,16}\b",
            r"\bpanic: runtime error: ",
        ),
    ),
    (
        "a stack trace of Ruby",
        (".rb:",),
        (r"[\w/.@-]{1,300}\.rb:\d{1,7}:in [`'][^'\n]{1,120}'",),
    ),
    (
        "a stack trace of PHP",
        (".php",),
        (
            r"#\d{1,4} [^\s()]{1,300}\.php\(\d{1,7}\): ",
            r"\bin [^\s<>]{1,300}\.php(?::\d{1,7}\b| on line \d{1,7})",
            r"\bin <b>[^<>\n]{1,300}\.php</b> on line <b>\d{1,7}</b>",
        ),
    ),
    (
        "a stack trace of .NET",
        ("at ",),
        (
            (
                r"\bat [\w.`<>+\[\],]{1,200}\([^()\n]{0,300}\) in (?:[A-Za-z]:)?[^\n:]{1,300}"
                r"\.(?:cs|vb|fs):line \d{1,7}"
            ),
            (
                r"\n\s{1,6}at [\w.`<>+\[\],]{3,200}\([^()\n]{0,300}\)\s{0,2}\n"
                r"\s{1,6}at [\w.`<>+\[\],]{3,200}\([^()\n]{0,300}\)"
            ),
        ),
    ),
    ("a panic of Rust", ("panicked",), (r"\bthread '[^'\n]{1,80}' panicked at ",)),
    (
        "an error of PostgreSQL",
        (
            "does not exist",
            "constraint",
            "syntax error",
            "invalid input",
            "value too long",
            "permission denied",
            "password authentication",
            "transaction is aborted",
            "operator does",
            "SQLSTATE",
            "psycopg",
        ),
        (
            r"\brelation \"[^\"\n]{1,128}\" does not exist",
            r"\bcolumn \"?[\w.]{1,128}\"? (?:of relation \"[^\"\n]{1,128}\" )?does not exist",
            r"\bduplicate key value violates unique constraint \"",
            r"\bviolates (?:not-null|foreign key|check|exclusion) constraint\b",
            r"\bsyntax error at or near \"",
            r"\binvalid input syntax for (?:type )?[a-z][a-z ]{1,40}: \"",
            r"\binvalid input value for enum \w{1,64}: \"",
            r"\bvalue too long for type character",
            r"\bpermission denied for (?:table|schema|relation|function|sequence|view) \w",
            r"\bpassword authentication failed for user \"",
            r"\bcurrent transaction is aborted, commands ignored",
            r"\boperator does not exist: ",
            r"\bSQLSTATE[\[: ]",
            r"\bpsycopg2?\.(?:errors\.)?[A-Z]\w{2,60}",
        ),
    ),
    (
        "an error of SQLite",
        ("constraint failed", "no such ", "syntax error", "SQLITE_", "sqlite3."),
        (
            r"\b(?:UNIQUE|NOT NULL) constraint failed: \w{1,64}\.\w",
            r"\bFOREIGN KEY constraint failed\b",
            r"\bCHECK constraint failed: ",
            r"\bno such (?:table|column): [A-Za-z_]",
            r"\bnear \"[^\"\n]{0,80}\": syntax error",
            r"\bSQLITE_[A-Z]{3,30}(?:_[A-Z]{2,30})*\b",
            r"\bsqlite3\.[A-Z]\w{2,40}Error\b",
        ),
    ),
    (
        "an error of MySQL",
        (
            "SQL syntax",
            "Unknown column",
            "doesn't exist",
            "Duplicate entry",
            "foreign key constraint",
            "Access denied",
            "Data too long",
            "ER_",
        ),
        (
            r"\bYou have an error in your SQL syntax",
            r"\bUnknown column '[^'\n]{1,128}' in '",
            r"\bTable '[\w$.-]{1,128}' doesn't exist",
            r"\bDuplicate entry '[^'\n]{0,300}' for key '",
            r"\ba foreign key constraint fails \(",
            r"\bAccess denied for user '[^'\n]{0,80}'@'",
            r"\bData too long for column '",
            r"\bER_(?:DUP_ENTRY|PARSE_ERROR|NO_SUCH_TABLE|BAD_FIELD_ERROR|ACCESS_DENIED_ERROR)\b",
        ),
    ),
    ("an error of Oracle", ("ORA-",), (r"\bORA-\d{5}: ",)),
    (
        "a statement of SQL",
        ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "[SQL: "),
        (
            (
                rf"\bSELECT [^;\n]{{1,400}} FROM {_SQL_NAME}(?: \w{{1,30}})? (?:WHERE|LEFT JOIN"
                r"|INNER JOIN|JOIN|ORDER BY|GROUP BY|LIMIT) "
            ),
            rf"\bINSERT INTO {_SQL_NAME} ?\([^()\n]{{1,400}}\) (?:VALUES|SELECT|OUTPUT)\b",
            rf"\bUPDATE {_SQL_NAME} SET {_SQL_NAME} ?= ?[?$:%@'\d]",
            rf"\bDELETE FROM {_SQL_NAME} WHERE {_SQL_NAME} ?= ?",
            r"\[SQL: ",
        ),
    ),
    (
        "a path of a file",
        ("/", "\\"),
        (
            rf"{_LEFT}/{_ROOTS}/(?:[\w.@+-]{{1,80}}/){{0,20}}[\w.@+-]{{0,80}}\.{_ENDINGS}\b(?!/)",
            (
                rf"(?<!\w)[A-Za-z]:\\(?:[\w.@+ -]{{1,80}}\\){{1,20}}[\w.@+-]{{1,80}}"
                rf"\.(?:{_ENDINGS}|dll|exe)\b"
            ),
        ),
    ),
    ("a private key", ("PRIVATE KEY",), (r"-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----",)),
    (
        "a password in an address",
        ("://", "="),
        (
            rf"\b{_DSN_SCHEMES}://[^\s/:@\"'<>]{{0,80}}:(?P<secret>[^\s/@\"'<>]{{3,120}})@[\w.\[-]",
            (
                r"(?i)\b(?:host|server|data source|user(?: id)?|uid)=[^\s;\"']{1,120}[\s;]"
                r"[^\n\"']{0,200}?\b(?:password|pwd)=(?P<secret2>[^\s;\"']{3,120})"
            ),
        ),
    ),
    (
        "a token",
        ("AKIA", "ASIA", "gh", "xox", "k_live_", "AIza", "eyJ"),
        (
            r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
            r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
            r"\bxox[abprs]-[0-9A-Za-z]{8,60}-[0-9A-Za-z-]{8,200}",
            r"\b[sr]k_live_[0-9A-Za-z]{16,120}\b",
            r"\bAIza[0-9A-Za-z_-]{35}\b",
            r"\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,2000}",
        ),
    ),
)
"""Kind, words of which each text of that kind has one, and patterns."""
_COMPILED = tuple(
    (what, words, tuple(re.compile(one) for one in patterns)) for what, words, patterns in _FORMS
)
_NO_SECRET = re.compile(
    r"(?i)\*+|x{3,}|\.{3}|[<{\[$%].*|(?:your|my)?_?-?(?:password|passwd|pass|pwd|secret)"
)


def leaks(text: str) -> tuple[Leak, ...]:
    """What a text tells of the inside, the gravest kind first; secrets come last."""
    read = text[:_LONGEST]
    return tuple(
        Leak(what, found[0])
        for what, words, patterns in _COMPILED
        if any(word in read for word in words)
        for pattern in patterns
        for found in pattern.finditer(read)
        if not _is_placeholder(found)
    )


def _is_placeholder(found: re.Match[str]) -> bool:
    """Whether what should be secret stands for a secret: `***`, `<password>`, `password`."""
    secret = next((one for one in found.groupdict().values() if one), None)
    return secret is not None and _NO_SECRET.fullmatch(secret) is not None
