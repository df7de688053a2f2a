import Groundwork

extension Rule {
    static let vllmWithoutDrainEndpoint = Rule(
        "vllm-without-drain-endpoint", .disruption,
        why:
            "vLLM has no `/drain` endpoint: the call fails, and the pod accepts requests until it is killed "
            + "while they run",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 120
                  containers: [{name: vllm, args: [--shutdown-timeout=90], lifecycle: {preStop: {sleep: {seconds: 15}}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 60
                  containers:
                  - name: vllm
                    lifecycle:
                      preStop:
                        exec:
                          command:
                          - /bin/sh
                          - -c
                          - |
                            # curl -X POST localhost:8000/drain has gone
                            sleep 30
            """,
            """
            # The proxy beside it knows how to drain.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: vllm, image: "vllm/vllm-openai:v0.11.0"}
                  - name: envoy
                    image: "envoyproxy/envoy:v1.35.0"
                    lifecycle: {preStop: {exec: {command: [curl, -X, POST, "localhost:9901/drain_listeners?graceful"]}}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 120
                  containers:
                  - name: vllm
                    lifecycle:
                      preStop:
                        exec:
                          command: [/bin/sh, -c, "sleep 20; curl -s localhost:8000/metrics | grep num_requests_running"]
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    lifecycle:
                      preStop:
                        exec:
                          command:
                          - /bin/sh
                          - -c
                          - |
                            ↓curl -X POST localhost:8000/drain
                            sleep 90
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: server
                    image: "vllm/vllm-openai:v0.11.0"
                    lifecycle: {preStop: {exec: {command: [curl, -X, POST, "↓http://127.0.0.1:8000/drain"]}}}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: server
                command: [python3, -m, vllm.entrypoints.openai.api_server]
                lifecycle:
                  preStop:
                    exec:
                      command:
                      - /bin/bash
                      - -c
                      - |
                        set -e
                        sleep 10
                        ↓wget -q --post-data='' http://localhost:8000/drain || true
                        sleep 60
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    image: vllm/vllm-openai:v0.19.0
                    lifecycle: {preStop: {httpGet: {path: ↓/drain, port: 8000}}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for server in workload.servers {
                if let path = server.value["lifecycle"]?["preStop"]?["httpGet"]?["path"], path.text == "/drain" {
                    findings.add(
                        "the preStop hook of container `\(server.name)` of \(workload.object.words) calls `/drain`, "
                            + "an endpoint that vLLM does not have",
                        at: path.place, label: "fails with status 404",
                        help:
                            "use `sleep` until the pod is removed from the endpoints, and set `--shutdown-timeout` to "
                            + "finish running requests")
                }
                guard let hook = server.hook("preStop"), let text = hook.value.text, let place = text.range(ofDrain: ())
                else { continue }
                findings.add(
                    "the preStop hook of container `\(server.name)` of \(workload.object.words) calls `/drain`, "
                        + "an endpoint that vLLM does not have",
                    at: hook.value.place(ofContent: place), label: "fails with status 404",
                    help:
                        "sleep until the pod is removed from the endpoints, and set `--shutdown-timeout` to "
                        + "finish running requests"
                )
            }
        }
    }
}

extension String {
    /// Finds the line that calls `/drain`, in UTF-8 offsets.
    fileprivate func range(ofDrain: Void) -> Range<Int>? {
        guard mentions("/drain") else { return nil }
        var offset = 0
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if line.contains("/drain"), !line.drop(while: { $0 == " " }).hasPrefix("#") {
                return offset..<offset + line.utf8.count
            }
            offset += line.utf8.count + 1
        }
        return nil
    }
}
