"""What Schemathesis has to be told about this API, which its description cannot say."""

import json
import os
import re
import uuid

import schemathesis

OWN_KEY = os.environ.get("JUDGE_KEY_ID")
# What is there from the beginning, by what it is called in addresses.
THERE = json.loads(os.environ.get("JUDGE_IDS", "{}"))
TARGET = os.environ["JUDGE_TARGET"]


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    # Whoever revokes the key in use is not let in any more, and sees nothing of the rest.
    if path.startswith("/keys/{id}") and case.path_parameters.get("id") == OWN_KEY:
        case.path_parameters["id"] = "key_of_the_judge"
    # A key that came before is answered as it was then, also of what was deleted since.
    if is_positive(case) and "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if is_positive(case) and case.method.upper() != "DELETE":
        be_about_what_is_there(case)
    body = case.body
    if not isinstance(body, dict):
        return
    # Addresses that the server connects to lead to this machine and no other.
    aim(body)
    if isinstance(body.get("callback"), dict):
        aim(body["callback"])
    if is_positive(case):
        be_in_time(body)
        name_fields_once(body)
        # A member of the organization, which no schema knows.
        body.pop("agentId", None)


def is_positive(case):
    return case.meta is None or not case.meta.generation.mode.is_negative


def be_about_what_is_there(case):
    """An id that was made up leads nowhere; one that an earlier answer gave is left."""
    for name, there in THERE.items():
        value = (case.path_parameters or {}).get(name)
        given = isinstance(value, str) and re.fullmatch(r"[a-z]+_[0-9A-Za-z]{22}", value)
        if value is not None and (not given or value.endswith("_8gKq2ZrT0yVbN4mXc1LwHd")):
            case.path_parameters[name] = there


def aim(body):
    url = body.get("url")
    if isinstance(url, str) and url.startswith("http"):
        body["url"] = TARGET


def be_in_time(body):
    """JSON Schema knows no times to come, and no order of two times."""
    if isinstance(body.get("expiresAt"), str):
        body["expiresAt"] = "2999-12-31T23:59:59Z"
    if isinstance(body.get("from"), str):
        body["from"] = "2020-01-01T00:00:00Z"
        if "to" in body:
            body["to"] = "2021-01-01T00:00:00Z"


def name_fields_once(body):
    """JSON Schema compares whole items, not one property of each."""
    metadata = (body.get("rules") or {}).get("metadata")
    fields = metadata.get("fields") if isinstance(metadata, dict) else None
    if isinstance(fields, list) and all(isinstance(field, dict) for field in fields):
        metadata["fields"] = list({field.get("name"): field for field in fields}.values())
