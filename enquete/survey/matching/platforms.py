"""What collecting programs write for themselves beside the answers, and by which a file of theirs is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enquete.survey.matching.loose import name_key
from enquete.tables import column_key

# By header as written, groups aside: a question of the study may bear none of these names unless it is asked first.
_KOBO = re.compile(
    r"_(?:id|uuid|submission_time|validation_status|notes|status|submitted_by|tags|index|parent_index|parent_table_name"
    r"|attachments|geolocation|duration|last_edited_by|xform_id(?:_string)?|version_?|bamboo_dataset_id|media_count"
    r"|total_media|media_all_received|date_modified|review_status|review_comment|edited|submission__\w+"
    r"|supplementalDetails)|__version__|_version__\w*|(?:meta[/.:-])?(?:instanceID|instanceName|deprecatedID|rootUuid"
    r"|audit)|formhub[/.]uuid|simserial|subscriberid|deviceid|phonenumber|username|background-audio|start|end|today"
    r"|start-geopoint|_?\w*_(?:latitude|longitude|altitude|precision)"
)
_ODK = re.compile(
    r"KEY|PARENT_KEY|SubmissionDate|SubmitterID|SubmitterName|AttachmentsPresent|AttachmentsExpected|Status|ReviewState"
    r"|DeviceID|Edits|FormVersion|isValidated|SET-OF-.*|.*[-:/]?(?:Latitude|Longitude|Altitude|Accuracy)"
)
_LIMESURVEY = re.compile(
    r"(?:id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token|interviewtime"
    r"|grouptime\d*|\w+time)(?:\. .*)?"
    r"|id de la réponse|response id|date de soumission|date submitted|dernière page|last page|langue de départ"
    r"|start language|tête de série|seed|date de lancement|date started|date de la dernière action"
    r"|date last action|temps total|total time|adresse ip|ip address|url référente|referrer url"
    r"|temps pour le groupe de questions.*|group time.*|question time.*|temps pour la question.*",
    re.IGNORECASE,
)
_GOOGLE = re.compile(r"horodateur|timestamp|horodatage|score", re.IGNORECASE)
_FRAMAFORMS = re.compile(
    r"numéro de série|série|serial|sid|heure de soumission|submitted time|heure d'achèvement|completed time"
    r"|heure de modification|modified time|terminé|modifié|brouillon|draft|adresse ip|ip address|uid"
    r"|nom d'utilisateur|username|uuid|numéro de soumission|soumis le|terminé le|modifié le",
    re.IGNORECASE,
)
_MICROSOFT = re.compile(
    r"id|heure de début|start time|heure de fin|completion time|heure de la dernière modification|last modified time"
    r"|langue|language|total points|quiz feedback|nombre total de points|commentaires sur le questionnaire",
    re.IGNORECASE,
)

OWN_KEY = "participant"
"""Column of the participants' codes in the tables that enquete exports."""

# What tells each platform, by header.
_TELLS = {
    "enquete": ({OWN_KEY, "vague", "repondant", "date_reponse"}, 4),
    "kobo": ({"_uuid", "_submission_time", "_index", "meta/instanceID", "_parent_index", "__version__"}, 1),
    "odk": ({"KEY", "PARENT_KEY", "SubmissionDate", "instanceID", "meta-instanceID"}, 1),
    "limesurvey": ({"submitdate", "lastpage", "startlanguage", "seed", "date de soumission", "dernière page"}, 2),
    "google": ({"horodateur", "timestamp"}, 1),
    "microsoft": ({"heure de début", "heure de fin", "start time", "completion time"}, 2),
    "framaforms": ({"sid", "uid", "numéro de série", "serial", "heure de soumission", "submitted time"}, 2),
}
_PATTERNS = {
    "enquete": (re.compile(r"repondant|date_reponse|ligne(?:_parente)?"),),
    "kobo": (_KOBO,), "odk": (_ODK, _KOBO), "limesurvey": (_LIMESURVEY,), "google": (_GOOGLE,),
    "framaforms": (_FRAMAFORMS,), "microsoft": (_MICROSOFT,),
}  # fmt: skip
_INDEX = re.compile(r"|Unnamed: ?0|\.\.\.1|rownames|row\.names|Colonne ?1", re.IGNORECASE)
_IDS = ("_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY", "UUID", "_id", "id", "SID", "Response ID",
        "ID de la réponse", "Numéro de série", "Serial")  # fmt: skip
_DAYS = ("today", "start", "startdate", "end", "_submission_time", "SubmissionDate", "submitdate", "Horodateur",
         "Timestamp", "Date de lancement", "Date started", "Date de soumission", "Date submitted",
         "Heure de soumission", "Submitted Time", "Heure de début", "Start time", "date_reponse")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Platform:
    """name: "" for a file of none. blanks: texts that it writes where nothing was answered."""

    name: str
    blanks: frozenset[str]

    def writes(self, header: str) -> bool:
        """Whether it writes this column for itself."""
        bare = header.rsplit("/", 1)[-1]
        return any(p.fullmatch(header) or p.fullmatch(bare) for p in _PATTERNS.get(self.name, ()))


def platform_of(headers: Sequence[str]) -> Platform:
    """The one whose own columns stand among the headers."""
    seen = {_bare(header) for header in headers}
    for name, (tells, needed) in _TELLS.items():
        if len({_bare(tell) for tell in tells} & seen) >= needed:
            blanks = {"n/a"} if name != "google" else set()
            return Platform(name, frozenset(blanks | ({"nan", "na"} if is_index(headers[0]) else set())))
    return Platform("", frozenset({"nan", "na"} if headers and is_index(headers[0]) else ()))


def is_index(header: str) -> bool:
    """The row names that R and pandas put first."""
    return _INDEX.fullmatch(header.strip()) is not None


def submission_columns(headers: Sequence[str]) -> list[str]:
    """Those that hold the program's own number of each row, the surest first."""
    return _ordered(headers, _IDS)


def day_columns(headers: Sequence[str]) -> list[str]:
    """Those that say when a row was answered, the surest first."""
    return _ordered(headers, _DAYS)


def _ordered(headers: Sequence[str], names: Sequence[str]) -> list[str]:
    by_name = {_bare(header): header for header in reversed(headers)}
    return [by_name[key] for key in dict.fromkeys(map(_bare, names)) if key in by_name]


def _bare(header: str) -> str:
    """« submitdate. Date de soumission » is « submitdate »."""
    return re.sub(r"^(\w+)\. .*$", r"\1", header.strip(), flags=re.DOTALL).casefold()


_STRONG_KEYS = frozenset(
    column_key(header)
    for header in ("code participant", "participant_id", "code personne", "code enquêté", "code de l'enquêtée",
                   "identifiant participant", "id participant", "n° participant", "numéro participant")
)  # fmt: skip
_WAVES = frozenset(column_key(header) for header in ("vague", "wave", "n° vague", "code vague", "vague d'enquête"))


def names_people(header: str) -> bool:
    """« Code participant », and not « id », which numbers answers."""
    return column_key(header) in _STRONG_KEYS


def names_waves(header: str) -> bool:
    """« Vague », « wave »."""
    return column_key(header) in _WAVES or name_key(header) in ("vague", "wave")
