"""Uploads by Debian's python3-tuspy. One line of JSON for each: what was sent, and where to."""

import asyncio
import hashlib
import io
import json
import os
import sys
import tempfile

from tusclient import client
from tusclient.exceptions import TusCommunicationError
from tusclient.storage import filestorage

ENDPOINT, KEY = sys.argv[1:3]
MIB = 1024 * 1024
CLIENT = client.TusClient(ENDPOINT, headers={"Authorization": "Bearer " + KEY})
METADATA = {"filename": "tour.bin", "filetype": "application/octet-stream"}


def tell(name, **what):
    print(json.dumps({"name": name, **what}), flush=True)


def uploader(data, **options):
    settings = {"metadata": METADATA, "upload_checksum": True, "retries": 3, "retry_delay": 0}
    return CLIENT.uploader(file_stream=io.BytesIO(data), **{**settings, **options})


def digest(data):
    return hashlib.sha256(data).hexdigest()


def in_one_request():
    data = os.urandom(3 * MIB)
    upload = uploader(data)
    upload.upload()
    tell("in one request, with a checksum", url=upload.url, sha256=digest(data))


def in_many_requests():
    data = os.urandom(5 * MIB + 13)
    upload = uploader(data, chunk_size=MIB)
    upload.upload()
    tell("in many requests, each with its checksum", url=upload.url, sha256=digest(data))


def without_checksums():
    data = os.urandom(2 * MIB)
    upload = uploader(data, chunk_size=MIB // 2, upload_checksum=False)
    upload.upload()
    tell("without checksums", url=upload.url, sha256=digest(data))


def resumed():
    data = os.urandom(4 * MIB)
    first = uploader(data, chunk_size=MIB)
    first.upload(stop_at=2 * MIB)
    second = uploader(data, chunk_size=MIB, url=first.url)
    if second.offset != 2 * MIB:
        raise AssertionError("expected to go on at %d, was told %d" % (2 * MIB, second.offset))
    second.upload()
    tell("resumed by its address", url=second.url, sha256=digest(data))


def resumed_from_storage():
    data = os.urandom(4 * MIB)
    with tempfile.TemporaryDirectory() as folder:
        storage = filestorage.FileStorage(os.path.join(folder, "urls"))
        path = os.path.join(folder, "tour.bin")
        with open(path, "wb") as file:
            file.write(data)
        options = {
            "file_path": path,
            "chunk_size": MIB,
            "metadata": METADATA,
            "upload_checksum": True,
            "store_url": True,
            "url_storage": storage,
        }
        first = CLIENT.uploader(**options)
        first.upload(stop_at=MIB)
        second = CLIENT.uploader(**options)
        if second.url != first.url:
            raise AssertionError("expected %s again, got %s" % (first.url, second.url))
        second.upload()
        tell("resumed by what it had stored", url=second.url, sha256=digest(data))


def asynchronous():
    data = os.urandom(3 * MIB)
    upload = CLIENT.async_uploader(
        file_stream=io.BytesIO(data), chunk_size=MIB, metadata=METADATA, upload_checksum=True
    )
    asyncio.run(upload.upload())
    tell("asynchronously", url=upload.url, sha256=digest(data))


def refused():
    # A name with a path is nobody's to choose.
    try:
        uploader(b"x", metadata={"filename": "../x"}).upload()
    except TusCommunicationError as error:
        tell("refused", status=error.status_code)


for case in (
    in_one_request,
    in_many_requests,
    without_checksums,
    resumed,
    resumed_from_storage,
    asynchronous,
    refused,
):
    try:
        case()
    except Exception as error:  # whatever it is, the others are tried
        tell(case.__name__, error="%s: %s" % (type(error).__name__, error))
