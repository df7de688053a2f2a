import Groundwork

extension Rule {
    static let unknownDrain = Rule(
        "unknown-drain", .disruption,
        why:
            "vLLM has no `/drain`: the call fails, and the pod takes requests until it is killed in the middle of them",
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
            """
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
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for server in workload.servers {
                guard let hook = server.hook("preStop"), let text = hook.value.text, let place = text.range(ofDrain: ())
                else { continue }
                findings.add(
                    "the preStop hook of container `\(server.name)` of \(workload.object.words) calls `/drain`, which vLLM does not have",
                    at: hook.value.place(ofContent: place), label: "404",
                    help: "sleep until the endpoint is gone, and let `--shutdown-timeout` finish what runs")
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
