"""Variables and arguments as resolvers take them, by functions that are compiled once per operation.

graphql-core and Strawberry walk the types of a `where` for every request; here the walk is done when an operation is
first planned. The functions take what is right and refuse everything else (Unplannable), so that graphql-core, which
then answers, is the only one that says what is wrong with a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass
from typing import Any, Final, TypeAlias

import strawberry
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_leaf_type,
    type_from_ast,
)
from graphql.utilities import coerce_input_literal
from graphql.utilities.coerce_input_value import coerce_default_value
from strawberry.types.arguments import InputContext, convert_argument

from app.graphql.selection import Unplannable, definition_of

# The variables of a request by name, as resolvers take them; one that was not given is not among them.
Variables: TypeAlias = Mapping[str, Any]
Coerce: TypeAlias = Callable[[Any], Any]
Read: TypeAlias = Callable[[Variables], Any]


class _Absent:
    """Stands for an argument that was not given."""


ABSENT: Final = _Absent()
_WRONG: Final = "a value of a wrong type"


def compile_variables(
    schema: strawberry.Schema, operation: OperationDefinitionNode
) -> Callable[[Variables], Variables]:
    """What makes the variables of a request out of its JSON. It raises Unplannable for what graphql-core refuses."""
    known: list[tuple[str, bool, Coerce, Any]] = []
    for definition in operation.variable_definitions or ():
        declared: Any = type_from_ast(schema._schema, definition.type)
        name, default = definition.variable.name.value, ABSENT
        if definition.default_value is not None:
            default = compile_literal(schema, declared, definition.default_value)({})
        known.append((name, isinstance(declared, GraphQLNonNull), _coercer(schema, declared), default))

    def coerce(given: Variables) -> Variables:
        found: dict[str, Any] = {}
        for name, required, convert, default in known:
            if name in given:
                found[name] = convert(given[name])
            elif default is not ABSENT:
                found[name] = default
            elif required:
                raise Unplannable("a variable is missing")
        return found

    return coerce


class Arguments:
    """The arguments of one field, as its resolver takes them; worked out once where no variable is among them."""

    def __init__(self, schema: strawberry.Schema, declared: GraphQLField, node: FieldNode) -> None:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        self._readers: list[tuple[str, Read]] = []
        self._fixed: dict[str, Any] = {}
        for argument in definition_of(declared).arguments:
            name = schema.config.name_converter.from_argument(argument)
            kind, value = declared.args[name], given.get(name)
            default = _default(schema, kind, argument.type)
            if value is None or not _has_variable(value):
                found = default if value is None else compile_literal(schema, kind.type, value)({})
                if found is not ABSENT:
                    self._fixed[str(argument.python_name)] = found
            else:
                read = _or_default(compile_literal(schema, kind.type, value), default)
                self._readers.append((str(argument.python_name), read))

    def of(self, variables: Variables) -> dict[str, Any]:
        """The arguments for one request, in a dictionary of the caller's own. Raises Unplannable for a wrong value."""
        found = dict(self._fixed)
        for name, read in self._readers:
            value = read(variables)
            if value is not ABSENT:
                found[name] = value
        return found


def _or_default(read: Read, default: Any) -> Read:
    if default is ABSENT:
        return read

    def either(variables: Variables) -> Any:
        value = read(variables)
        return default if value is ABSENT else value

    return either


def _default(schema: strawberry.Schema, declared: Any, python_type: Any) -> Any:
    """The default of an argument or of a field of an input, as a resolver takes it; ABSENT for none."""
    value = coerce_default_value(declared)
    if value is Undefined:
        return ABSENT
    return convert_argument(value, python_type, schema.schema_converter.scalar_registry, schema.config)


def compile_inputs(schema: strawberry.Schema) -> None:
    """Lets Strawberry make its inputs by compiled functions, where it would walk their types for each value."""
    for declared in schema._schema.type_map.values():
        if isinstance(declared, GraphQLInputObjectType):
            definition: Any = (declared.extensions or {})["strawberry-definition"]
            convert = _converter(schema, declared)
            assert convert is not None  # an input is never left as it is
            definition.from_input = _Made(convert)


@dataclass(frozen=True, slots=True)
class _Made:
    """Strawberry's hook for inputs that are made by a function of their own."""

    convert: Coerce

    def __call__(self, cls: type[Any], value: Any, context: InputContext) -> Any:
        return self.convert(value)


def _converter(schema: strawberry.Schema, declared: GraphQLInputType) -> Coerce | None:
    """What makes a resolver's value out of one that graphql-core has coerced; None where it is one already."""
    if isinstance(declared, GraphQLNonNull):
        return _converter(schema, declared.of_type)
    if isinstance(declared, GraphQLList):
        item = _converter(schema, declared.of_type)
        if item is None:
            return lambda value: None if value is None else list(value)
        return lambda value: None if value is None else [item(each) for each in value]
    if not isinstance(declared, GraphQLInputObjectType):
        return None
    shape = _InputShape(schema, declared)
    fields: dict[str, tuple[str, Coerce | None]] = {}

    def convert(value: Any) -> Any:
        if value is None:
            return None
        if not fields:
            # Inputs such as `where` contain themselves: their fields are compiled when the first value comes.
            fields.update(
                {name: (attribute, _converter(schema, kind)) for name, (attribute, kind) in shape.fields.items()}
            )
        found: dict[str, Any] = {}
        for name, item in value.items():
            attribute, inner = fields[name]
            found[attribute] = item if inner is None else inner(item)
        return shape.make(found)

    return convert


# JSON


def _coercer(schema: strawberry.Schema, declared: GraphQLInputType) -> Coerce:
    """What makes a resolver's value out of a JSON value of that type."""
    if isinstance(declared, GraphQLNonNull):
        inner = _coercer(schema, declared.of_type)

        def never_null(value: Any) -> Any:
            if value is None:
                raise Unplannable(_WRONG)
            return inner(value)

        return never_null
    if isinstance(declared, GraphQLList):
        item = _coercer(schema, declared.of_type)

        def many(value: Any) -> Any:
            if value is None:
                return None
            return [item(each) for each in value] if isinstance(value, list) else [item(value)]

        return many
    if isinstance(declared, GraphQLInputObjectType):
        return _input_coercer(schema, declared)
    if is_leaf_type(declared):
        return _leaf_coercer(declared)
    raise TypeError(declared)


def _leaf_coercer(declared: GraphQLLeafType) -> Coerce:
    if isinstance(declared, GraphQLEnumType):
        members = _members(declared)

        def member(value: Any) -> Any:
            if value is None:
                return None
            if not isinstance(value, str) or value not in members:
                raise Unplannable(_WRONG)
            return members[value]

        return member
    exact = {"String": str, "ID": str, "Boolean": bool}.get(declared.name)
    parse = declared.coerce_input_value

    def scalar(value: Any) -> Any:
        if value is None or type(value) is exact:
            return value
        try:
            return parse(value)
        except Exception:
            # Whatever a scalar raises, graphql-core makes an error of it.
            raise Unplannable(_WRONG) from None

    return scalar


def _members(declared: GraphQLEnumType) -> Mapping[str, Any]:
    """The members of an enum by their names in the API."""
    return {name: declared.coerce_input_value(name) for name in declared.values}


def _input_coercer(schema: strawberry.Schema, declared: GraphQLInputObjectType) -> Coerce:
    # Inputs such as `where` contain themselves: their fields are compiled when the first value comes.
    compiled: dict[str, tuple[str, Coerce]] = {}
    shape = _InputShape(schema, declared)

    def convert(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Unplannable(_WRONG)
        if not compiled:
            compiled.update(
                {name: (attribute, _coercer(schema, kind)) for name, (attribute, kind) in shape.fields.items()}
            )
        found: dict[str, Any] = {}
        for name, item in value.items():
            if name not in compiled:
                raise Unplannable(_WRONG)
            attribute, coerce = compiled[name]
            found[attribute] = coerce(item)
        return shape.make(found)

    return convert


class _InputShape:
    """What Strawberry and the schema say of an input: its fields, what is required, and its defaults."""

    def __init__(self, schema: strawberry.Schema, declared: GraphQLInputObjectType) -> None:
        definition: Any = (declared.extensions or {}).get("strawberry-definition")
        if definition is None or not isinstance(definition.from_input, _Made | None):
            raise Unplannable(f"the input {declared.name} is made by a function of its own")
        self._type: Any = definition.origin
        self._one_of = declared.is_one_of
        self.fields: dict[str, tuple[str, GraphQLInputType]] = {}
        self._absent: dict[str, Any] = {}
        self._required: set[str] = set()
        for field in definition.fields:
            name = schema.config.name_converter.from_field(field)
            attribute, kind = str(field.python_name), declared.fields[name]
            self.fields[name] = (attribute, kind.type)
            default = _default(schema, kind, field.resolve_type(type_definition=definition))
            if default is not ABSENT:
                self._absent[attribute] = default
            elif isinstance(kind.type, GraphQLNonNull):
                self._required.add(attribute)
            elif not _has_default(field):
                # As Strawberry does for a nullable field that has none.
                self._absent[attribute] = None

    def make(self, found: dict[str, Any]) -> Any:
        """The input with these attributes. Raises Unplannable when one is missing, or one too many."""
        if self._one_of and (len(found) != 1 or None in found.values()):
            raise Unplannable(_WRONG)
        if not self._required <= found.keys():
            raise Unplannable(_WRONG)
        return self._type(**{**self._absent, **found})


def _has_default(field: Any) -> bool:
    return field.default_value is not MISSING or field.default_factory is not MISSING


def compile_input(schema: strawberry.Schema, name: str) -> Coerce:
    """What makes a resolver's input of that name out of JSON. It raises Unplannable for what graphql-core refuses."""
    return _coercer(schema, schema._schema.type_map[name])  # type: ignore[arg-type]  # the name is an input's


# Literals


def compile_literal(schema: strawberry.Schema, declared: GraphQLInputType, node: ValueNode) -> Read:
    """What makes a resolver's value out of a literal and the variables in it; ABSENT for a variable not given."""
    if isinstance(node, VariableNode):
        return _variable(node.name.value, required=isinstance(declared, GraphQLNonNull))
    if isinstance(declared, GraphQLNonNull):
        if isinstance(node, NullValueNode):
            raise Unplannable(_WRONG)
        return compile_literal(schema, declared.of_type, node)
    if isinstance(node, NullValueNode):
        return lambda variables: None
    if isinstance(declared, GraphQLList):
        return _list(schema, declared, node.values if isinstance(node, ListValueNode) else (node,))
    if isinstance(declared, GraphQLInputObjectType):
        return _object(schema, declared, node)
    value = coerce_input_literal(node, declared)
    if value is Undefined:
        raise Unplannable(_WRONG)
    if isinstance(declared, GraphQLEnumType):
        value = _members(declared)[node.value]  # type: ignore[attr-defined]  # an EnumValueNode, or it were Undefined
    return lambda variables: value


def _variable(name: str, *, required: bool) -> Read:
    def read(variables: Variables) -> Any:
        value = variables.get(name, ABSENT)
        if required and (value is None or value is ABSENT):
            raise Unplannable(_WRONG)
        return value

    return read


def _list(schema: strawberry.Schema, declared: GraphQLList[Any], nodes: Sequence[ValueNode]) -> Read:
    items = [compile_literal(schema, declared.of_type, node) for node in nodes]
    required = isinstance(declared.of_type, GraphQLNonNull)

    def read(variables: Variables) -> Any:
        values = [item(variables) for item in items]
        if required and ABSENT in values:
            raise Unplannable(_WRONG)
        # A variable that was not given is null in a list.
        return [None if value is ABSENT else value for value in values]

    return read


def _object(schema: strawberry.Schema, declared: GraphQLInputObjectType, node: ValueNode) -> Read:
    if not isinstance(node, ObjectValueNode):
        raise Unplannable(_WRONG)
    shape = _InputShape(schema, declared)
    fields = []
    for given in node.fields:
        attribute, kind = shape.fields[given.name.value]
        fields.append((attribute, compile_literal(schema, kind, given.value)))

    def read(variables: Variables) -> Any:
        values = {attribute: value(variables) for attribute, value in fields}
        return shape.make({attribute: value for attribute, value in values.items() if value is not ABSENT})

    return read


def _has_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(_has_variable(item) for item in value.values)
    if isinstance(value, ObjectValueNode):
        return any(_has_variable(item.value) for item in value.fields)
    return isinstance(value, VariableNode)
