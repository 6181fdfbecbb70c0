"""Secret links: an address that lets in whoever has it. It stands in the page and the mail, nowhere else."""

import re

# What an address's parameter is called when it is the secret.
PARAMETERS = frozenset({"token", "key"})
IN_ADDRESS = re.compile(r"((?:objections|join|reset/key|confirm-email)(?:/|%2F))[\w:.-]{16,}", re.IGNORECASE)
IN_QUERY = re.compile(r"([?&](?:token|key|code|state)=)[^&\s\"']+")
# As `secrets` makes them; hashes are longer, or in small letters.
ALONE = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])[\w-]{40,60}(?![\w-])", re.ASCII)


def without_secrets(text: str) -> str:
    """Give a text, such as a log's, with secret links cut off where the secret begins."""
    return ALONE.sub("…", IN_QUERY.sub(r"\1…", IN_ADDRESS.sub(r"\1…", text)))
