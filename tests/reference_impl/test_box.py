"""What all boxes share: how settings are refused, and what a log line is."""

from __future__ import annotations

import json
import re

import pytest

from reference_impl.box import environment
from reference_impl.box.log import Log


def test_a_value_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, numbers, ports and durations are read as what they are."""
    for name, value in {"WORD": "a", "COUNT": "3", "PORT": "80", "WAIT": "2.5"}.items():
        monkeypatch.setenv(name, value)
    seen = (
        environment.text("WORD"),
        environment.integer("COUNT"),
        environment.port("PORT"),
        environment.milliseconds("WAIT"),
    )
    assert ("a", 3, 80, 2.5) == seen


def test_an_absent_value_is_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has a default need not be set."""
    monkeypatch.delenv("ABSENT", raising=False)
    seen = (
        environment.text("ABSENT", "a"),
        environment.integer("ABSENT", 3),
        environment.milliseconds("ABSENT", 2.5),
    )
    assert ("a", 3, 2.5) == seen


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (environment.text, None),
        (environment.text, ""),
        (environment.integer, "-1"),
        (environment.integer, "²"),
        (environment.port, "0"),
        (environment.port, "65536"),
        (environment.milliseconds, None),
        (environment.milliseconds, "nan"),
        (environment.milliseconds, "inf"),
    ],
)
def test_a_malformed_value_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    read: object,
    value: str | None,
) -> None:
    """One line says what was expected, what was seen and how to mend it; the exit code is 2."""
    monkeypatch.delenv("SETTING", raising=False)
    if value is not None:
        monkeypatch.setenv("SETTING", value)
    assert callable(read)
    with pytest.raises(SystemExit) as ended:
        read("SETTING")
    assert ended.value.code == 2
    assert re.fullmatch(r"SETTING: expected .+, seen .+; to mend: .+\n", capsys.readouterr().err)


def test_a_secret_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a text that is too short only its length is told."""
    monkeypatch.setenv("SECRET", "hush")
    with pytest.raises(SystemExit):
        environment.text("SECRET", shortest=32)
    assert "hush" not in capsys.readouterr().err


def test_a_log_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    """A line holds the moment, the level, the service, the message, the request ID and the rest."""
    Log("web").line("info", "two\nlines", "req_1", status=200)
    (line,) = capsys.readouterr().out.splitlines()
    entry = json.loads(line)
    moment = entry.pop("ts")
    expected = {
        "level": "info",
        "service": "web",
        "message": "two\nlines",
        "requestId": "req_1",
        "status": 200,
    }
    assert expected == entry
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", moment)
