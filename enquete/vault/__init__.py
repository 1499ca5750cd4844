"""The encrypted folder of a study: identities, contacts, originals. The only place that knows age."""

from enquete.vault.folder import Original, Vault
from enquete.vault.keys import create_key, find_key, keys_folder

__all__ = ["Original", "Vault", "create_key", "find_key", "keys_folder"]
