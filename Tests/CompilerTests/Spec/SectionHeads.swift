/// What the page on specs has at the head of a section, before its table.
struct SectionHead {
    /// A sentence with a link to the page on the idea.
    var note = ""
    /// Some lines of a spec, from a key in the section's path on, or a key beside it.
    var example = ""

    /// The example inside the rest of a spec, which extends `exampleBase`.
    func spec(at path: String) -> String {
        if path.isEmpty { return example }
        let names = path.split(separator: ".").map { String($0).replacing("[]", with: "") }
        let keys = Set(example.matches(of: /(?m)^[A-Za-z]+/).map { String($0.output) })
        let depth = names.firstIndex { keys.contains($0) } ?? names.count - 1
        var text = "apiVersion: stowage.dev/v1alpha1\nkind: GPUCluster\n"
        if !keys.contains("metadata") { text += "metadata: {name: genai-prod}\n" }
        var indent = ""
        for name in names[..<depth] {
            text += "\(indent)\(name):\n"
            indent += "  "
            if name == "models" {
                text += "\(indent)- name: chat\n"
                indent += "  "
            }
        }
        for line in example.split(separator: "\n") { text += "\(indent)\(line)\n" }
        return keys.contains("metadata") ? text + "spec: {extends: base.yaml}\n" : text
    }
}

/// What the examples leave out.
let exampleBase = """
    apiVersion: stowage.dev/v1alpha1
    kind: GPUClusterBase
    spec:
      platform:
        cluster: genai-prod
        kubernetes: "1.35"
        karpenter: {version: "1.14", interruptionQueue: genai-prod}
        autoscaler: {keda: "2.20"}
        gpu: {ami: al2023@v20260714}
      models:
        - name: chat
          source: meta-llama/Llama-3.1-8B-Instruct
          traffic: {requestsPerSecond: {steady: 2, peak: 12}, tokens: {input: 1000, output: 250}}
    """

/// By the paths of sections.
let sectionHeads: [String: SectionHead] = [
    "": SectionHead(
        note: "[The tutorial](tutorial.md) writes one step by step.",
        example: """
            apiVersion: stowage.dev/v1alpha1
            kind: GPUCluster
            metadata: {name: genai-prod}
            spec:
              platform:
                cluster: genai-prod
                kubernetes: "1.35"
                karpenter: {version: "1.14"}
                autoscaler: {keda: "2.20"}
                gpu: {ami: al2023@v20260714}
              models:
                - {name: chat, source: meta-llama/Llama-3.1-8B-Instruct, replicas: {min: 2, max: 4}}
            """),
    "metadata": SectionHead(
        example: """
            metadata:
              name: genai-prod
              labels: {team: search}
              annotations: {owner: ml-platform@example.com}
            """),
    "spec": SectionHead(
        note: "Clusters share settings through a base: [Many clusters](fleets.md#shared-settings).",
        example: """
            spec:
              extends: bases/fleet.yaml     # what all clusters have in common, such as the platform's versions
              platform: {cluster: genai-prod}
              budget: {limit: $60000/month}
              businessHours: {days: Mon-Fri, from: "09:00", to: "18:00"}
              models:
                - name: chat
                  source: meta-llama/Llama-3.1-8B-Instruct
                  traffic: {requestsPerSecond: {steady: 2, peak: 12}, tokens: {input: 1000, output: 250}}
            """),
    "spec.platform": SectionHead(
        note: "How `prices`, `commitments` and `spotDiscount` count: [Costs](money.md).",
        example: """
            platform:
              cluster: genai-prod
              region: us-east-1
              zones: [us-east-1a, us-east-1b]
              kubernetes: "1.35"
              karpenter: {version: "1.14"}
              autoscaler: {keda: "2.20"}
              gpu: {ami: al2023@v20260714}
              timezone: America/New_York
            """),
    "spec.platform.karpenter": SectionHead(
        note: "Which way of sharing GPUs needs which release and gate: [Sharing GPUs](sharing.md#what-is-emitted).",
        example: """
            karpenter:
              version: "1.14"
              featureGates: [NodeOverlay, StaticCapacity]
              interruptionQueue: genai-prod
            """),
    "spec.platform.autoscaler": SectionHead(
        note:
            "KEDA can take over an existing HorizontalPodAutoscaler, as in [the tutorial](tutorial.md#7-take-over-the-autoscaler)."
    ),
    "spec.platform.gpu": SectionHead(
        note: "What runs on the nodes for each way of sharing GPUs: [Sharing GPUs](sharing.md#what-is-emitted).",
        example: """
            gpu:
              stack: none                # Stowage generates the GPU DaemonSets
              ami: al2023@v20260714
              draDriver: "0.4"
              namespace: gpu-system
            """),
    "spec.platform.images": SectionHead(
        note: """
            A mirror has each image at its upstream path without the upstream host: `nvcr.io/nvidia/k8s/dcgm-exporter` is \
            `<mirror>/nvidia/k8s/dcgm-exporter`, `vllm/vllm-openai` (of docker.io) is `<mirror>/vllm/vllm-openai`. Values for \
            Helm charts use the mirror, too. An image that is set here, or in a model's `serving`, is used as it is. `PLAN.md` \
            lists the images to mirror.
            """,
        example: """
            images:
              registry: 111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror
              registries:               # the prefixes of pull-through caches
                docker.io: 111122223333.dkr.ecr.us-east-1.amazonaws.com/docker-hub
                registry.k8s.io: 111122223333.dkr.ecr.us-east-1.amazonaws.com/kubernetes
              dcgmExporter: registry.example.com/gpu/dcgm-exporter:4.5.3-4.8.2-distroless
            """),
    "spec.platform.monitoring": SectionHead(
        note: """
            The alerts link to [their runbooks](runbooks). Without Prometheus Operator: [Rules and targets as \
            files](scaling.md#rules-and-targets-as-files).
            """,
        example: """
            monitoring:
              namespace: monitoring
              serverAddress: http://prometheus-operated.monitoring.svc:9090
              release: kube-prometheus-stack
              runbooks: https://git.example.com/platform/fleet/docs/runbooks
            """),
    "spec.platform.nodes": SectionHead(
        note: "What nodes reserve is not planned for replicas: [The capacity model](capacity.md#replicas).",
        example: """
            nodes:
              volume: {size: 200Gi, iops: 6000, throughput: 250, kmsKey: alias/gpu-nodes}
              kubelet:
                systemReserved: {cpu: 500m, memory: 1Gi}
                evictionHard: {memory.available: 500Mi, nodefs.available: 10%}
            """),
    "spec.platform.nodes.volume": SectionHead(
        example: """
            volume:
              size: 500Gi
              iops: 10000
              throughput: 500
              kmsKey: alias/gpu-nodes
            """),
    "spec.platform.nodes.kubelet": SectionHead(
        example: """
            kubelet:
              maxPods: 60
              systemReserved: {cpu: 500m, memory: 1Gi}
              kubeReserved: {cpu: "1", memory: 2Gi}
              evictionHard: {memory.available: 5%}
            """),
    "spec.platform.nodes.kubelet.systemReserved": SectionHead(
        example: """
            systemReserved: {cpu: 500m, memory: 1Gi, ephemeral-storage: 5Gi}
            """),
    "spec.platform.monitoring.auth": SectionHead(
        note: """
            At most one of `sigv4`, `bearer` and `basic`; the rest goes with any of them. The Secrets are yours: [Prometheus that \
            asks for credentials](scaling.md#prometheus-that-asks-for-credentials).
            """,
        example: """
            auth:
              bearer: {secret: prometheus-token, key: token}
              headers: {X-Scope-OrgID: team-a}     # the tenant, for Mimir, Cortex or Thanos
            """),
    "spec.platform.monitoring.auth.sigv4": SectionHead(
        example: """
            monitoring:
              serverAddress: https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0123abcd
              auth: {sigv4: {roleArn: "arn:aws:iam::111122223333:role/prometheus-query"}}
            """),
    "spec.gitops": SectionHead(
        note: "How Argo CD or Flux syncs the manifests: [GitOps](gitops.md).",
        example: """
            gitops:
              engine: argocd
              repository: https://git.example.com/platform/fleet.git
              path: out/genai-prod
              revision: main
            """),
    "spec.budget": SectionHead(note: "What the worst case includes: [Costs](money.md)."),
    "spec.instances": SectionHead(
        note: "Which instance types can serve a model: [The capacity model](capacity.md).",
        example: """
            instances:
              prefer: [g6e.2xlarge, g6e]    # this type, then others of its family
              avoid: [p5]
              spot: allowed
            """),
    "spec.reservations[]": SectionHead(
        note: "How reserved nodes and capacity blocks count: [Costs](money.md).",
        example: """
            reservations:
              - id: cr-0123456789abcdef0
                type: p5.48xlarge
                zone: us-east-1a
                count: 1
                price: $31.46/hour
                ends: "2026-12-01T11:30:00Z"    # a capacity block
            instances: {prefer: [p5.48xlarge]}
            """),
    "spec.patches[]": SectionHead(
        note: "How patches are applied, explained and checked: [Patches](patches.md).",
        example: """
            patches:
              - target: {kind: Deployment, model: chat}
                merge:
                  spec:
                    template:
                      spec:
                        containers:
                          - name: logs
                            image: fluent/fluent-bit:3.2.4
                            resources: {limits: {memory: 64Mi}}
                            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
              - {target: {kind: ScaledObject}, json: [{op: add, path: /metadata/labels/team, value: search}]}
            """),
    "spec.patches[].target": SectionHead(
        note: "An object has to meet all that is set; one of `kind`, `name`, `model` and `namespace` is required.",
        example: """
            patches:
              - target: {kind: Service, name: "chat*", namespace: inference}
                merge: {metadata: {annotations: {example.com/owner: search}}}
            """),
    "spec.patches[].json[]": SectionHead(
        note: "`~1` stands for `/` in a key, and `-` for the place after the last item of a list.",
        example: """
            patches:
              - target: {kind: Deployment, name: chat}
                json:
                  - {op: test, path: /spec/template/spec/containers/0/name, value: vllm}
                  - {op: add, path: /spec/template/spec/containers/0/args/-, value: --enable-prefix-caching}
                  - {op: add, path: /spec/template/metadata/labels/example.com~1tier, value: gpu}
            """),
    "spec.businessHours": SectionHead(
        note: "They also count in the expected cost: [Costs](money.md).",
        example: """
            businessHours:
              days: Mon-Fri
              from: "09:00"
              to: "18:00"
            """),
    "spec.teams[]": SectionHead(
        note: "What a model of the team may set: [Teams](teams.md#limits-and-defaults).",
        example: """
            teams:
              - name: search
                namespace: search
                labels: {cost-center: "4200"}
                maxPriority: standard               # never preempts critical models
                defaults: {class: interactive}
                budget: $20000/month
            """),
    "spec.models[]": SectionHead(
        note:
            "The plan derives GPUs and replicas from these requirements: [the tutorial](tutorial.md#5-plan-and-change-a-requirement) changes one.",
        example: """
            models:
              - name: chat
                source: meta-llama/Llama-3.1-8B-Instruct
                class: interactive
                priority: critical
                context: 16k
                sla: {timeToFirstToken: {p95: 2500ms}, timePerOutputToken: {p95: 75ms}}
                traffic: {requestsPerSecond: {steady: 2, peak: 12}, tokens: {input: 1000, output: 250}}
            """),
]
.merging(modelHeads) { first, _ in first }
