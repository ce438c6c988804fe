"""What the desk judges, checks and drafts with: content as values, handed to the deeds that need it."""

from dataclasses import dataclass

from incidents.types import TypeModel
from stakeholders.catalogue import Catalogue
from statements.models import Check, StatementKit


@dataclass(frozen=True)
class Tools:
    type_model: TypeModel
    catalogue: Catalogue
    kit: StatementKit
    check: Check
