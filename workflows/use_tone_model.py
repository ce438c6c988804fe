"""The tone model in force: what ships with the desk, and over it what people's corrections have taught it."""

from monitoring.tone import ToneModel
from storage import tone_models
from storage.database import Connection

_KEPT: dict[tuple[str, int, str], ToneModel] = {}
"""The newest version, so that it is unpacked once a process and database."""


def tone_model_in_force(connection: Connection, base: ToneModel) -> ToneModel:
    """Cheap to ask again: one small question where nothing has changed."""
    number = tone_models.number_in_force(connection)
    if not number:
        return base
    key = (str(connection.engine.url), number, base.version)
    if key not in _KEPT:
        _KEPT.clear()
        _KEPT[key] = tone_models.laid_over(base, tone_models.version(connection, number))
    return _KEPT[key]
