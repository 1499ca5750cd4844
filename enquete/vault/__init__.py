"""The encrypted folder of a study: identities, contacts, originals, proofs, flags. The only place that knows age."""

from enquete.vault.folder import FOLDER, Original, Vault, put_flag
from enquete.vault.identities import Identities, SourceFile
from enquete.vault.keys import create_key, find_key, keys_folder

__all__ = [
    "FOLDER",
    "Identities",
    "Original",
    "SourceFile",
    "Vault",
    "create_key",
    "find_key",
    "keys_folder",
    "put_flag",
]
