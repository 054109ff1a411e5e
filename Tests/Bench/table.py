"""Figures as one Markdown table, the databases side by side."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    work: str
    ours: str
    limit: str
    ratio: float | None
    peak: int


def table(columns: dict[str, list[Row]]) -> str:
    """One line for each work, in the order in which it was met; each database has its own columns."""
    works = list(dict.fromkeys(row.work for rows in columns.values() for row in rows))
    head = ["work"] + [title for name in columns for title in (name, "limit", "ratio", "peak memory")]
    lines = [[work, *(cell for rows in columns.values() for cell in cells(rows, work))] for work in works]
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([joined(head, widths), rule, *(joined(line, widths) for line in lines)])


def cells(rows: list[Row], work: str) -> list[str]:
    row = next((row for row in rows if row.work == work), None)
    if row is None:
        return [""] * 4
    return [row.ours, row.limit, "" if row.ratio is None else f"{row.ratio:.2f}", f"{row.peak / 1_048_576:.0f} MiB"]


def joined(line: list[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
