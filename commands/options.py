"""The few switches a command takes; anything else is refused in one sentence."""

from errors import BadInput


def switches(command: str, arguments: list[str], *known: str) -> set[str]:
    """The given `--switches`. Raises BadInput for one that is not known."""
    unknown = next((argument for argument in arguments if argument not in known), None)
    if unknown is not None:
        raise BadInput("door.unknown_option", command=command, option=unknown)
    return set(arguments)
