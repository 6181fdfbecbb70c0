"""An organisation's application: its form, its materials and their versions, its submissions."""

from zaiti.applications.models.cases import (
    Answers,
    Application,
    BoundCopy,
    DroppedFile,
    Material,
    MaterialVersion,
    Submission,
)
from zaiti.applications.models.renaming import Renaming

__all__ = [
    "Answers",
    "Application",
    "BoundCopy",
    "DroppedFile",
    "Material",
    "MaterialVersion",
    "Renaming",
    "Submission",
]
