"""Limits of an operation, each checked in time linear in the document, however its fragments nest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
)

DEFAULT_PAGE: Final = 20
# What a list without paging counts for; its true length is not known before it is read.
PLAIN_LIST: Final = 10
MUTATION_COST: Final = 10
# How deep the JSON of variables and payloads may nest; encoders and decoders give up somewhere beyond.
JSON_DEPTH: Final = 100
# Costs of one operation that are remembered, by the sizes asked for.
_KNOWN_COSTS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request, operation or socket may take."""

    max_body_bytes: int = 1_048_576
    tokens: int = 5_000
    depth: int = 20
    aliases: int = 100
    directives: int = 100
    selections: int = 300
    root_fields: int = 30
    introspections: int = 3
    cost: int = 50_000
    errors: int = 50
    operation_timeout_s: float = 30.0
    socket_operations: int = 100
    socket_message_bytes: int = 262_144
    init_timeout_s: float = 10.0
    # What one key may hold open in one process, over all its connections.
    key_sockets: int = 2_000
    key_streams: int = 5_000
    # A peer that takes nothing for so long is given up; an event stream says nothing for so long at most.
    stalled_s: float = 30.0
    keep_alive_s: float = 12.0


def exceeded(what: str, found: int | str, limit: int) -> GraphQLError:
    """The error that names a limit, what was found, and what is allowed."""
    return GraphQLError(f"{what}: {found} is more than the limit of {limit}", extensions={"code": "LIMIT_EXCEEDED"})


def nests_deeper(value: object, limit: int) -> bool:
    """Whether decoded JSON has lists and objects within one another beyond that depth."""
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return bool(level)


def check_shape(document: DocumentNode, limits: Limits) -> None:
    """Checks what the text alone shows: aliases, directives, selections, depth. Raises GraphQLError.

    Runs before validation, some of whose rules compare every selection with every other.
    """
    counts = {"aliases": 0, "directives": 0, "introspections": 0}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = definition
        selection_set = getattr(definition, "selection_set", None)
        if selection_set is not None:
            condition = getattr(definition, "type_condition", None)
            inside = condition is not None and condition.name.value.startswith("__")
            _count(selection_set, counts, limits, introspecting=inside)
    if counts["introspections"] > limits.introspections:
        raise exceeded("introspections", counts["introspections"], limits.introspections)
    for name, limit in (("aliases", limits.aliases), ("directives", limits.directives)):
        if counts[name] > limit:
            raise exceeded(name, counts[name], limit)
    depth = _Depth(fragments)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            found = depth.of(definition.selection_set)
            if found > limits.depth:
                raise exceeded("depth", found, limits.depth)


def _count(selection_set: SelectionSetNode, counts: dict[str, int], limits: Limits, *, introspecting: bool) -> None:
    if len(selection_set.selections) > limits.selections:
        raise exceeded("selections in one set", len(selection_set.selections), limits.selections)
    for selection in selection_set.selections:
        counts["directives"] += len(selection.directives or ())
        inside = introspecting
        if isinstance(selection, FieldNode):
            if selection.alias is not None:
                # The schema is large and free of charge: asked for under many names it would not be.
                if introspecting:
                    raise exceeded("aliases within an introspection", selection.alias.value, 0)
                counts["aliases"] += 1
            if selection.name.value in ("__schema", "__type"):
                counts["introspections"] += 1
                inside = True
        inner = getattr(selection, "selection_set", None)
        if inner is not None:
            _count(inner, counts, limits, introspecting=inside)


class _Depth:
    """Depth of selection sets, each fragment measured once; a fragment within itself is left to validation."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, int] = {}

    def of(self, selection_set: SelectionSetNode) -> int:
        deepest = 0
        for selection in selection_set.selections:
            if isinstance(selection, FragmentSpreadNode):
                deepest = max(deepest, self._fragment(selection.name.value))
                continue
            inner = getattr(selection, "selection_set", None)
            below = self.of(inner) if inner is not None else 0
            deepest = max(deepest, below + (1 if isinstance(selection, FieldNode) else 0))
        return deepest

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            self._known[name] = 0
            fragment = self._fragments.get(name)
            self._known[name] = 0 if fragment is None else self.of(fragment.selection_set)
        return self._known[name]


class OperationCost:
    """How many objects a valid operation may read at most, by its page sizes."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, limits: Limits
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._limits = limits
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        # The variables that are sizes, known when the cost was worked out once, and the costs by their values.
        self._sizes: Sequence[str] | None = None
        self._known: dict[tuple[object, ...], int] = {}

    def of(self, variables: Mapping[str, Any]) -> int:
        """The cost with these variables; worked out anew for new sizes only. Raises GraphQLError above the limit."""
        if self._sizes is not None:
            found = self._known.get(self._key(variables))
            if found is not None:
                return found
        found, sizes = self._work_out(variables)
        self._sizes = sizes
        if len(self._known) < _KNOWN_COSTS:
            self._known[self._key(variables)] = found
        return found

    def _key(self, variables: Mapping[str, Any]) -> tuple[object, ...]:
        values = [variables.get(name) for name in self._sizes or ()]
        # Lists count by their length; whatever is no size counts as none.
        return tuple([(len(value),) if isinstance(value, list) else _size(value) for value in values])

    def _work_out(self, variables: Mapping[str, Any]) -> tuple[int, Sequence[str]]:
        root = self._schema.get_root_type(self._operation.operation)
        if root is None:
            return 0, ()
        cost = _Cost(self._schema, self._fragments, variables)
        fields = cost.root_fields(self._operation.selection_set)
        if fields > self._limits.root_fields:
            raise exceeded("root fields", fields, self._limits.root_fields)
        found = cost.of(self._operation.selection_set, root)
        if self._operation.operation.value == "mutation":
            found += MUTATION_COST * fields
        if found > self._limits.cost:
            raise exceeded("cost", found, self._limits.cost)
        return found, sorted(cost.sizes)


def _size(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class _Cost:
    """Cost of selection sets, each fragment computed once per type it is spread on."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self.sizes: set[str] = set()
        self._known: dict[str, int] = {}
        self._roots: dict[str, int] = {}

    def root_fields(self, selection_set: SelectionSetNode) -> int:
        """How many fields the operation asks of its root, through fragments too."""
        count = 0
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                count += 1
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if name not in self._roots:
                    self._roots[name] = 0
                    self._roots[name] = self.root_fields(self._fragments[name].selection_set)
                count += self._roots[name]
            else:
                count += self.root_fields(selection.selection_set)  # type: ignore[attr-defined]  # an inline fragment
        return count

    def of(self, selection_set: SelectionSetNode, parent: GraphQLNamedType) -> int:
        total = 0
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                total += self._field(selection, parent)
            elif isinstance(selection, FragmentSpreadNode):
                total += self._fragment(selection.name.value)
            else:
                condition = selection.type_condition  # type: ignore[attr-defined]  # an inline fragment
                inner = parent if condition is None else self._schema.type_map[condition.name.value]
                total += self.of(selection.selection_set, inner)  # type: ignore[attr-defined]  # an inline fragment
        return total

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            fragment = self._fragments[name]
            inner = self._schema.type_map[fragment.type_condition.name.value]
            self._known[name] = self.of(fragment.selection_set, inner)
        return self._known[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType) -> int:
        if node.selection_set is None or node.name.value.startswith("__"):
            return 0
        if not isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
            return 1
        field = parent.fields[node.name.value]
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            return 0
        times, each = self._times(node, field), self.of(node.selection_set, inner)
        return 1 + each if times == 1 else 1 + times * max(1, each)

    def _times(self, node: FieldNode, field: GraphQLField) -> int:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        if "first" in field.args:
            sizes = [self._int(given[name]) for name in ("first", "last") if name in given]
            known = [size for size in sizes if size is not None]
            return max(1, *known) if known else DEFAULT_PAGE
        if "ids" in field.args:
            return max(1, self._length(given.get("ids")))
        # The lists inside a connection have the page's size, which the connection's own field has counted.
        if node.name.value in ("nodes", "edges"):
            return 1
        kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        return PLAIN_LIST if isinstance(kind, GraphQLList) else 1

    def _int(self, value: ValueNode) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, VariableNode):
            self.sizes.add(value.name.value)
            return _size(self._variables.get(value.name.value))
        return None

    def _length(self, value: ValueNode | None) -> int:
        if isinstance(value, ListValueNode):
            return len(value.values)
        if not isinstance(value, VariableNode):
            return 1
        self.sizes.add(value.name.value)
        given = self._variables.get(value.name.value)
        return len(given) if isinstance(given, list) else 1
