"""Packets as their coders have them, and the files of codings that they give back, without a browser."""

import json
import re

from enquete.page.sealing import Header, derive, read_sealed, seal, unseal

PHRASE = "lampe tomate avenir pollen"
KEYS = {}  # by salt and phrase: each takes some tenths of a second


def key_of(header, phrase=PHRASE):
    if (header.salt, phrase) not in KEYS:
        KEYS[header.salt, phrase] = derive(phrase, header)
    return KEYS[header.salt, phrase]


def payload(page):
    """What the page of a packet holds, sealed."""
    found = re.search(r'<script type="application/json" id="paquet">(.*?)</script>', page.read_text(encoding="utf-8"))
    parts = json.loads(found[1])
    return read_sealed(json.dumps({"enquete": parts.pop("enquete"), **parts}).encode(), "paquet", page.name)


def content(page):
    """What a packet holds, opened."""
    return unseal(payload(page), key_of, page.name)


def answer(page, entries, file, places=None, **changes):
    """A file of codings of this packet, as its page would save it. changes: to its header."""
    packet = payload(page).header
    header = Header.model_validate(packet.model_dump() | {"kind": "codages"} | changes)
    sealed = seal(key_of(packet), header, {"entries": list(entries), "places": places or {}})
    file.write_text(json.dumps(sealed.parts()), encoding="utf-8")
    return file


def coding(page, interview, words, code, uid, **more):
    """An entry that codes these words of an interview of a packet."""
    (text,) = (one for one in content(page)["interviews"] if one["code"] == interview)
    start = text["text"].index(words)
    place = {"interview": interview, "revision": text["revision"], "start": start, "end": start + len(words)}
    return {"uid": uid, "kind": "coding", "step": uid, "item": uid, "codebook": "rsa", "code": code, **place, **more}


def memo(uid, body, **more):
    return {"uid": uid, "kind": "memo", "step": uid, "item": uid, "body": body, **more}


def stage(uid, interview, field="coded"):
    return {"uid": uid, "kind": "stage", "step": uid, "item": uid, "interview": interview, "field": field}
