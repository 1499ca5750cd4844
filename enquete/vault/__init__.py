"""The encrypted folder of a study: identities, contacts, originals, proofs, flags. The only place that knows age."""

from enquete.vault.checking import faults
from enquete.vault.files import settle
from enquete.vault.folder import (
    CONTACTS,
    FLAGS,
    FOLDER,
    IDENTITIES,
    ORIGINALS,
    PROOFS,
    Original,
    Vault,
    parts,
    put_flag,
    uids,
)
from enquete.vault.identities import Identities, SourceFile
from enquete.vault.keys import create_key, is_wrapped, keys_folder, named_key, own_publics, set_phrase
from enquete.vault.phrases import new_phrase
from enquete.vault.recipients import Recipient, check_public, read_recipients

__all__ = [
    "CONTACTS",
    "FLAGS",
    "FOLDER",
    "IDENTITIES",
    "ORIGINALS",
    "PROOFS",
    "Identities",
    "Original",
    "Recipient",
    "SourceFile",
    "Vault",
    "check_public",
    "create_key",
    "faults",
    "is_wrapped",
    "keys_folder",
    "named_key",
    "new_phrase",
    "own_publics",
    "parts",
    "put_flag",
    "read_recipients",
    "set_phrase",
    "settle",
    "uids",
]
