import Diagnostics
import Groundwork

extension Rule {
    static let podRequestLimitMismatch = Rule(
        "pod-request-limit-mismatch", .scheduling,
        why:
            "devices cannot be overcommitted: the API server rejects a device request without an equal limit, "
            + "and any request above its limit",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: a, resources: {requests: {nvidia.com/gpu: "4", cpu: 500m}, limits: {nvidia.com/gpu: 4, cpu: "1", memory: 8Gi}}}
            """,
            """
            # The same quantities in other words.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources:
                      requests: {cpu: "2", memory: 1Gi, vpc.amazonaws.com/efa: 1}
                      limits: {cpu: 2000m, memory: 1024Mi, vpc.amazonaws.com/efa: "1"}
            """,
            """
            # Without a request the limit of a device is one; memory needs no limit.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {requests: {cpu: 500m, memory: 64Mi}, limits: {nvidia.com/gpu: 1}}
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
                  - {name: a, resources: {requests: {nvidia.com/gpu: ↓4, memory: ↓16Gi}, limits: {nvidia.com/gpu: 8, memory: 8Gi}}}
                  - {name: b, resources: {requests: {nvidia.com/gpu: ↓1}}}
            """,
            """
            # 64Mi are 67.1M.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {requests: {memory: ↓64Mi, cpu: ↓1500m}, limits: {memory: 64M, cpu: 1}}
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  initContainers: [{name: a, resources: {requests: {nvidia.com/mig-1g.10gb: ↓1}, limits: {cpu: 1}}}]
                  containers:
                  - name: b
                    resources: {requests: {vpc.amazonaws.com/efa: ↓1}, limits: {vpc.amazonaws.com/efa: 4}}
            """,
            """
            # Huge pages cannot be overcommitted either.
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                resources: {requests: {memory: 1Gi, hugepages-2Mi: ↓1Gi}, limits: {memory: 1Gi, hugepages-2Mi: 2Gi}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                let resources = container.value["resources"]
                for request in resources?["requests"]?.entries ?? [] {
                    guard let asked = request.value.quantity else { continue }
                    let words = "container `\(container.name)` of \(workload.object.words)"
                    let isPages = request.key.hasPrefix("hugepages-")
                    let isDevice = isPages || request.key.contains("/") && !request.key.mentions("kubernetes.io/")
                    guard let limit = resources?["limits"]?[request.key], let most = limit.quantity else {
                        if isDevice {
                            findings.add(
                                "\(words) requests `\(request.key)` without a limit", at: request.value.place,
                                label: "must have an equal limit",
                                help: "move it to `limits`; the request defaults to the limit")
                        }
                        continue
                    }
                    guard isDevice ? asked != most : asked > most else { continue }
                    findings.add(
                        "\(words) requests \(request.value.text ?? "") of `\(request.key)`, but its limit is "
                            + "\(limit.text ?? "")",
                        at: request.value.place, label: isDevice ? "must equal the limit" : "exceeds the limit",
                        notes: [.init("the limit is here", at: limit.place)])
                }
            }
        }
    }
}
