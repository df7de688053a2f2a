"""Starts a Prometheus, writes series into it, asks it queries, and prints a JSON list of its answers.

    agree.py FOLDER < {"series": [{"labels": {...}, "samples": [[milliseconds, "bits of the double"], ...]}, ...],
                       "questions": [[query, milliseconds], ...]}

An answer is {"error": null | text, "kind": "vector" | "scalar" | "string", "samples": [{"labels": {...}, "value": "1.5"}]}.
"""

import http.client
import json
import socket
import struct
import subprocess
import sys
import time
import urllib.parse

# Ends the server when this program ends, however it does.
LEASH = '"$@" </dev/null >"$0/log" 2>&1 & child=$!; cat >/dev/null; kill -9 $child'


def varint(number):
    out = bytearray()
    number &= (1 << 64) - 1
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def series(entry):
    labels = b"".join(
        field(1, field(1, name.encode()) + field(2, value.encode())) for name, value in sorted(entry["labels"].items())
    )
    samples = b"".join(
        field(2, b"\x09" + struct.pack("<Q", int(bits)) + b"\x10" + varint(moment)) for moment, bits in entry["samples"]
    )
    return field(1, labels + samples)


def snappy(content):
    """Literals only: the format allows it."""
    out = bytearray(varint(len(content)))
    for start in range(0, len(content), 65536):
        chunk = content[start : start + 65536]
        out += bytes([61 << 2]) + struct.pack("<H", len(chunk) - 1) + chunk
    return bytes(out)


def answer(connection, query, moment):
    body = urllib.parse.urlencode({"query": query, "time": f"{moment / 1000:.3f}"})
    connection.request(
        "POST", "/api/v1/query", body, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    reply = json.load(connection.getresponse())
    if reply["status"] != "success":
        return {"error": reply["error"], "kind": "", "samples": []}
    kind, result = reply["data"]["resultType"], reply["data"]["result"]
    if kind == "matrix":
        # A range vector is not a value at one time.
        return {"error": "a range vector", "kind": kind, "samples": []}
    rows = result if kind == "vector" else [{"metric": {}, "value": result}]
    samples = [{"labels": row["metric"], "value": row["value"][1]} for row in rows]
    return {"error": None, "kind": kind, "samples": samples}


def main():
    folder = sys.argv[1]
    task = json.load(sys.stdin)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(f"{folder}/prometheus.yml", "w") as file:
        file.write("global: {evaluation_interval: 1m}\n")
    server = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    server += [f"--web.listen-address=127.0.0.1:{port}", "--web.enable-remote-write-receiver", "--log.level=warn"]
    leash = subprocess.Popen(["/bin/sh", "-c", LEASH, folder] + server, stdin=subprocess.PIPE)
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/-/ready")
            reply = connection.getresponse()
            reply.read()
            if reply.status == 200:
                break
        except OSError:
            pass
        time.sleep(0.1)
    body = snappy(b"".join(series(entry) for entry in task["series"]))
    headers = {"Content-Encoding": "snappy", "Content-Type": "application/x-protobuf"}
    connection.request("POST", "/api/v1/write", body, headers)
    reply = connection.getresponse()
    said = reply.read()
    if reply.status != 204:
        sys.exit(f"write: {reply.status} {said.decode(errors='replace')}")
    json.dump([answer(connection, query, moment) for query, moment in task["questions"]], sys.stdout)
    leash.stdin.close()
    leash.wait()


main()
