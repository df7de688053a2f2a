"""Serves metrics of vLLM, the DCGM exporter and the controllers, in the shape in which those serve them.

    exporter.py STATE    prints its port and a free one, then serves until it is ended

STATE is a JSON file, read anew when it is replaced: {"round": 1, "pods": {POD: {"kind": "vllm" | "dcgm" | "plain" | "counting", ...}}}. A pod
that it does not name is gone: scraping it fails. Each answer has the series test_round, by which a reader knows how fresh it is.
"""

import http.server
import json
import os
import socket
import sys
import time
import urllib.parse

FIRST_TOKEN = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0,
               160.0, 640.0, 2560.0]
PER_TOKEN = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0]
END_TO_END = [0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0, 960.0, 1920.0,
              7680.0]
STARTED = time.time()


def line(name, labels, value):
    pairs = ",".join(f'{key}="{text}"' for key, text in labels.items())
    return f"{name}{{{pairs}}} {value}" if pairs else f"{name} {value}"


def family(name, kind, samples):
    return [f"# HELP {name} As its exporter describes it.", f"# TYPE {name} {kind}", *samples]


def histogram(name, labels, bounds, seconds, count):
    """All requests took as long as is said."""
    buckets = [line(f"{name}_bucket", {**labels, "le": str(bound)}, float(count if seconds <= bound else 0)) for bound in bounds]
    buckets.append(line(f"{name}_bucket", {**labels, "le": "+Inf"}, float(count)))
    return family(name, "histogram", buckets + [line(f"{name}_count", labels, float(count)), line(f"{name}_sum", labels, count * seconds)])


def vllm(pod):
    labels = {"engine": "0", "model_name": pod["model"]}
    passed = time.time() - STARTED
    gauges = {"num_requests_running": pod["running"], "num_requests_waiting": pod["waiting"], "kv_cache_usage_perc": pod["kv"]}
    lines = []
    for name, value in gauges.items():
        lines += family(f"vllm:{name}", "gauge", [line(f"vllm:{name}", labels, float(value))])
    name = "vllm:admission_rejections_total"
    reasons = ["max_num_queued_reqs", "max_num_queued_tokens"]
    lines += family(name, "counter", [line(name, {"model_name": pod["model"], "reason": reason}, 0.0) for reason in reasons])
    name = "vllm:request_success_total"
    lines += family(name, "counter", [line(name, {**labels, "finished_reason": "stop"}, 10 * passed)])
    for name in ["num_preemptions", "prompt_tokens", "generation_tokens"]:
        lines += family(f"vllm:{name}_total", "counter", [line(f"vllm:{name}_total", labels, passed)])
    lines += histogram("vllm:time_to_first_token_seconds", labels, FIRST_TOKEN, 0.2, 10 * passed)
    lines += histogram("vllm:request_time_per_output_token_seconds", labels, PER_TOKEN, 0.04, 10 * passed)
    lines += histogram("vllm:e2e_request_latency_seconds", labels, END_TO_END, 0.6, 10 * passed)
    return lines


def dcgm(node):
    """One node: the exporter's labels pod, namespace and container name who has the GPU; an idle GPU has none.

    The fields are there under the names and in the units of releases before 4.9 and from 4.9 on.
    """
    fields = [
        ("DCGM_FI_DEV_GPU_UTIL", "utilization", 1), ("DCGM_FI_DEV_GPU_UTIL_RATIO", "utilization", 0.01),
        ("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "active", 1), ("DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO", "active", 1),
        ("DCGM_FI_DEV_FB_USED", "used", 1), ("DCGM_FI_DEV_FB_USED_BYTES", "used", 1 << 20),
        ("DCGM_FI_DEV_FB_FREE", "free", 1), ("DCGM_FI_DEV_FB_FREE_BYTES", "free", 1 << 20),
        ("DCGM_FI_DEV_FB_RESERVED", "reserved", 1), ("DCGM_FI_DEV_FB_RESERVED_BYTES", "reserved", 1 << 20),
        ("DCGM_FI_DEV_GPU_TEMP", "temperature", 1), ("DCGM_FI_DEV_GPU_TEMP_CELSIUS", "temperature", 1),
    ]
    lines = []
    for name, key, unit in fields:
        samples = []
        for gpu in node["gpus"]:
            index = str(gpu["gpu"])
            labels = {
                "gpu": index, "UUID": f"GPU-{node['name']}-{index}", "pci_bus_id": f"00000000:{index}0:1B.0", "device": f"nvidia{index}",
                "modelName": "NVIDIA A100-SXM4-40GB", "Hostname": node["name"], "DCGM_FI_DRIVER_VERSION": "580.105.08",
            }
            if gpu.get("pod"):
                labels.update(container="vllm", namespace=gpu["namespace"], pod=gpu["pod"])
            samples.append(line(name, labels, gpu[key] * unit))
        lines += family(name, "gauge", samples)
    return lines


def plain(source):
    return [line(name, labels, value) for name, labels, value in source["series"]]


def counting(source):
    """Counters that began at one."""
    passed = max(0.0, time.time() - source["since"])
    return [line(name, labels, 1 + rate * passed) for name, labels, rate in source["series"]]


class State:
    """What is served, read anew when the file is another one."""

    seen, value = None, None

    @classmethod
    def read(cls):
        status = os.stat(sys.argv[1])
        if cls.seen != (status.st_ino, status.st_mtime_ns):
            with open(sys.argv[1]) as file:
                cls.value = json.load(file)
            cls.seen = (status.st_ino, status.st_mtime_ns)
        return cls.value


class Handler(http.server.BaseHTTPRequestHandler):
    # Prometheus keeps its connections.
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        state = State.read()
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        pod = state["pods"].get(query.get("pod", [""])[0])
        if pod is None:
            self.send_error(503)
            return
        lines = {"vllm": vllm, "dcgm": dcgm, "plain": plain, "counting": counting}[pod["kind"]](pod) + [f"test_round {state['round']}"]
        self.send_response(200)
        body = ("\n".join(lines) + "\n").encode()
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    print(server.server_address[1], free.getsockname()[1], flush=True)
server.serve_forever()
