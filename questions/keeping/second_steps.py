"""The secrets of hosts' second steps, which allauth keeps inside a column of its own."""

from typing import Any

_SEALED_BEGINS = "gAAAAA"


def tokens_in(data: Any) -> list[str]:
    """Every sealed text that stands anywhere in what an authenticator knows."""
    if isinstance(data, str):
        return [data] if data.startswith(_SEALED_BEGINS) else []
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [token for part in parts for token in tokens_in(part)]


def replaced(data: Any, fresh: dict[str, str]) -> Any:
    """The same, with each sealed text that `fresh` knows a new one for in its place."""
    if isinstance(data, str):
        return fresh.get(data, data)
    if isinstance(data, dict):
        return {name: replaced(value, fresh) for name, value in data.items()}
    return [replaced(value, fresh) for value in data] if isinstance(data, list) else data
