"""Reads photos with c2pa-python, the library behind Adobe's and Google's readers; says what it found, a JSON line each."""

import json
import sys

import c2pa

anchors, *photos = sys.argv[1:]
settings = c2pa.Settings.from_dict(
    {
        "trust": {"user_anchors": open(anchors, encoding="utf8").read()},
        "verify": {"verify_trust": True},
    }
)
context = c2pa.Context(settings)
for photo in photos:
    found = {"photo": photo}
    try:
        with c2pa.Reader(photo, context=context) as reader:
            store = json.loads(reader.json())
            active = store["manifests"][store["active_manifest"]]
            results = store["validation_results"]["activeManifest"]
            found["state"] = store["validation_state"]
            found["failures"] = [one["code"] for one in results.get("failure", [])]
            found["actions"] = [
                action
                for assertion in active["assertions"]
                if assertion["label"] == "c2pa.actions.v2"
                for action in assertion["data"]["actions"]
            ]
            found["generator"] = active["claim_generator_info"][0]
            found["algorithm"] = active["signature_info"]["alg"]
    except Exception as error:  # Whatever it says is its judgement.
        found["error"] = str(error)
    print(json.dumps(found), flush=True)
