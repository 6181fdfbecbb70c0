"""Policy packs: a notice's facts as a checked YAML file.  No Django, no database."""

from zaiti.programmes.packs.loading import PackError, PackInvalid, check_pack, load_pack, read_pack
from zaiti.programmes.packs.schema import Pack
from zaiti.programmes.packs.writing import write_pack

__all__ = ["Pack", "PackError", "PackInvalid", "check_pack", "load_pack", "read_pack", "write_pack"]
