import Diagnostics
import Groundwork

extension Rule {
    static let livenessProbeInterruptsStartup = Rule(
        "liveness-probe-interrupts-startup", .disruption, .warning,
        why:
            "until a model is loaded, its server does not answer; a liveness probe that gives up before restarts the "
            + "container in a loop",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=meta-llama/Llama-3.1-8B-Instruct]
                    startupProbe: {httpGet: {path: /health, port: 8000}, failureThreshold: 90}
                    livenessProbe: {httpGet: {path: /health, port: 8000}}
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=meta-llama/Llama-3.1-8B-Instruct]
                    livenessProbe: {httpGet: {path: /health, port: 8000}, initialDelaySeconds: 900}
            """,
            """
            # Other servers answer soon, and a readiness probe restarts nothing.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: proxy
                    image: nginx:1.27
                    livenessProbe: {httpGet: {path: /, port: 80}}
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=meta-llama/Llama-3.1-8B-Instruct]
                    readinessProbe: {httpGet: {path: /health, port: 8000}}
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
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=meta-llama/Llama-4-Scout-17B-16E-Instruct]
                    ↓livenessProbe: {httpGet: {path: /health, port: 8000}, initialDelaySeconds: 60}
            """,
            """
            # A startup probe that gives up, too.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: server
                    image: vllm/vllm-openai:v0.19.0
                    command: [sh, -c, "vllm serve meta-llama/Llama-3.3-70B-Instruct --tensor-parallel-size 4"]
                    ↓startupProbe: {httpGet: {path: /health, port: 8000}, periodSeconds: 5, failureThreshold: 12}
                    livenessProbe: {httpGet: {path: /health, port: 8000}}
            """,
            """
            # With the defaults the container has 30 s.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=Qwen/Qwen3-8B]
                    ↓livenessProbe: {httpGet: {path: /health, port: 8000}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for server in workload.servers {
                guard let (name, probe) = server.killingProbe else { continue }
                let seconds = probe.patience
                let model = server.model.flatMap { Catalog.variant($0.text) }
                let gibibytes = model.map { $0.model.weightBytes($0.bits) / 1_073_741_824 }
                let needed = Thresholds.leastLoad(ofGiB: gibibytes ?? 0)
                guard seconds < needed else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) is restarted unless its model is loaded within "
                        + "\(wholeNumber(seconds)) s",
                    at: server.value.keyPlace(name),
                    label: gibibytes.map { "\(wholeNumber($0.rounded())) GiB take longer to load" }
                        ?? "a model takes longer to load",
                    help: name == "startupProbe"
                        ? "raise its `failureThreshold`"
                        : "add a `startupProbe` that allows enough time to load the model")
            }
        }
    }
}

extension Inventory.Container {
    /// The probe that restarts the container if it does not answer soon after its start.
    fileprivate var killingProbe: (name: String, probe: ManifestValue)? {
        if let startup = value["startupProbe"] { return ("startupProbe", startup) }
        return value["livenessProbe"].map { ("livenessProbe", $0) }
    }
}

extension ManifestValue {
    /// How long a container may take until a probe gives up, in seconds.
    fileprivate var patience: Double {
        func figure(_ key: String, _ usual: Double) -> Double { max(self[key]?.number ?? usual, 0) }
        return figure("initialDelaySeconds", 0)
            + figure("periodSeconds", Thresholds.defaultProbePeriod.value)
            * figure("failureThreshold", Thresholds.defaultProbeFailures.value)
    }
}
