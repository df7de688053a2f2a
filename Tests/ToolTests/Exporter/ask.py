"""Asks a Prometheus a JSON list of queries, and prints the list of its answers.

    ask.py http://127.0.0.1:9090 queries.json

An answer is {"error": null | text, "samples": [{"labels": {...}, "value": 1.5}, ...]}.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request


def ask(query):
    data = urllib.parse.urlencode({"query": query}).encode()
    try:
        with urllib.request.urlopen(f"{sys.argv[1]}/api/v1/query", data, timeout=10) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as failure:
        return {"error": failure.read().decode(errors="replace"), "samples": []}
    except OSError as failure:
        return {"error": str(failure), "samples": []}
    data = answer["data"]
    rows = data["result"] if data["resultType"] == "vector" else [{"metric": {}, "value": data["result"]}]
    return {"error": None, "samples": [{"labels": row["metric"], "value": number(row["value"][1])} for row in rows]}


def number(text):
    """JSON has no numbers that are none."""
    value = float(text)
    return value if abs(value) < 1e300 else None


with open(sys.argv[2]) as file:
    json.dump([ask(query) for query in json.load(file)], sys.stdout)
