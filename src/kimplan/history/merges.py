"""What the other parents of each merge had, from the log alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kimplan.git.log import Commit

Files: TypeAlias = Mapping[str, str]  # the blobs of records by their paths


class Trees(NamedTuple):
    """The records of the newest commit, and of the merges' other parents.

    `others` has for each merge that changed records of its first parent, by its name, what each of
    the other parents had at the paths of these records, and at the paths that the merge has not.
    """

    newest: Files
    others: Mapping[str, tuple[Files, ...]]


def read_trees(log: Sequence[Commit]) -> Trees:
    """Return them for a `log` of records, newest first, whose merges tell of their first parents.

    A tree is kept only until the last of its children is known, and copied where there are more.
    """
    children = Counter(parent for commit in log for parent in commit.parents)
    trees: dict[str, dict[str, str]] = {}
    others: dict[str, tuple[Files, ...]] = {}
    tree: dict[str, str] = {}
    for commit in reversed(log):
        parents = []
        for number, parent in enumerate(commit.parents):
            children[parent] -= 1
            held = trees.get(parent, {})
            parents.append(dict(held) if children[parent] and not number else held)
        sides = parents[1:]
        tree = _changed(parents[0] if parents else {}, commit)
        if commit.files and sides:
            others[commit.name] = tuple(_of(commit, tree, side) for side in sides)
        for parent in commit.parents:
            if not children[parent]:
                trees.pop(parent, None)
        trees[commit.name] = tree
    return Trees(tree, others)


def _changed(tree: dict[str, str], commit: Commit) -> dict[str, str]:
    for change in commit.files:
        tree.pop(change.old_path, None)
    for change in commit.files:
        if change.new_path:
            tree[change.new_path] = change.new_blob
    return tree


def _of(commit: Commit, tree: Files, side: Files) -> Files:
    paths = {path for change in commit.files for path in change[:2] if path}
    return {path: blob for path, blob in side.items() if path in paths or path not in tree}
