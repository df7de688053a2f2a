import Groundwork

extension Rule {
    static let serviceNameSetsVllmPort = Rule(
        "service-name-sets-vllm-port", .structure,
        why:
            "Kubernetes sets `<NAME>_PORT=tcp://…` for every Service of a namespace; vLLM reads `VLLM_PORT` as a number "
            + "and exits at startup",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: vllm-chat}
            spec: {selector: {app: vllm}, ports: [{port: 8000}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: vllm}
            spec:
              template:
                metadata: {labels: {app: vllm}}
                spec: {containers: [{name: vllm, image: vllm/vllm-openai:v0.19.0, args: [--model=a]}]}
            """,
            """
            # Without links there are no variables.
            apiVersion: v1
            kind: Service
            metadata: {name: vllm}
            spec: {selector: {app: vllm}, ports: [{port: 8000}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: vllm}
            spec:
              template:
                metadata: {labels: {app: vllm}}
                spec:
                  enableServiceLinks: false
                  containers: [{name: vllm, image: vllm/vllm-openai:v0.19.0, args: [--model=a]}]
            """,
            """
            # A headless Service has no address, and the own value of a container wins.
            apiVersion: v1
            kind: Service
            metadata: {name: vllm}
            spec: {clusterIP: None, selector: {app: vllm}, ports: [{port: 8000}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: vllm, namespace: b}
            spec: {selector: {app: vllm}, ports: [{port: 8000}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: vllm}
            spec:
              template:
                metadata: {labels: {app: vllm}}
                spec: {containers: [{name: vllm, image: vllm/vllm-openai:v0.19.0, args: [--model=a]}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: vllm, namespace: b}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    env: [{name: VLLM_PORT, value: "8000"}]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: ↓vllm}
            spec: {selector: {app: vllm}, ports: [{port: 8000}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: vllm}
            spec:
              template:
                metadata: {labels: {app: vllm}}
                spec: {containers: [{name: vllm, image: vllm/vllm-openai:v0.19.0, args: [--model=a]}]}
            """,
            """
            # The Service need not be that of the pods.
            apiVersion: v1
            kind: Service
            metadata: {name: ↓vllm, namespace: models}
            spec: {selector: {app: router}, ports: [{port: 80}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: chat, namespace: models}
            spec:
              template:
                spec:
                  enableServiceLinks: true
                  containers: [{name: server, image: "example.com/llm:1", command: [sh, -c, "vllm serve a"]}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: ↓vllm-nixl-side-channel}
            spec: {selector: {app: decode}, ports: [{port: 5600}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: decode}
            spec:
              template:
                metadata: {labels: {app: decode}}
                spec: {containers: [{name: vllm, image: vllm/vllm-openai:v0.19.0, args: [--model=a]}]}
            """,
        ]
    ) { tree, findings in
        for service in tree.services {
            guard let variable = variables[service.name], service.setsVariables,
                let workload = tree.workloads.first(where: { workload in
                    workload.object.namespace == service.namespace && tree.areTogether(workload.object, service)
                        && workload.pod.spec["enableServiceLinks"]?.boolean != false
                        && workload.servers.contains { !$0.sets(variable) }
                })
            else { continue }
            findings.add(
                "\(service.words) sets `\(variable)=tcp://…` in the pods of \(workload.object.words), which vLLM reads "
                    + "as a port number",
                at: service.place, label: "vLLM exits at startup",
                notes: [workload.object.note("its pods run vLLM")],
                help: "rename the Service, or set `enableServiceLinks: false` in the pods")
        }
    }
}

/// The names of Services whose variable is one that vLLM reads as a number.
private let variables = [
    "vllm": "VLLM_PORT", "vllm-nixl-side-channel": "VLLM_NIXL_SIDE_CHANNEL_PORT",
    "vllm-dp-master": "VLLM_DP_MASTER_PORT", "vllm-mooncake-bootstrap": "VLLM_MOONCAKE_BOOTSTRAP_PORT",
]

extension KubernetesObject {
    /// Whether a Service has an address, so that pods get its variables.
    fileprivate var setsVariables: Bool {
        spec?["clusterIP"]?.text != "None" && spec?["type"]?.text != "ExternalName" && spec?["ports"]?.isEmpty == false
    }
}

extension Inventory.Container {
    /// Tells whether a container sets an environment variable itself.
    fileprivate func sets(_ name: String) -> Bool {
        value["env"]?.items?.contains { $0["name"]?.text == name } ?? false
    }
}
