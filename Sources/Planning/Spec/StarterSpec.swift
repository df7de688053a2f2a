import Groundwork

/// What a starter spec is written for.
package struct StarterSettings: Sendable {
    package var name = "inference"
    package var region = "us-east-1"
    package var kubernetes = "1.35"
    package var karpenter = Component.karpenter.assumed.text
    package var keda = Component.keda.assumed.text
    package var source = "meta-llama/Llama-3.1-8B-Instruct"
    /// The engine that syncs the tree, and the repository that it reads; nil for neither.
    package var delivery: (engine: String, repository: String)?

    package init() {}
}

/// A commented spec to begin with: what `stowage init` writes.
package func starterSpec(_ settings: StarterSettings) -> String {
    /// Sets a comment into the column of the others.
    func note(_ line: String, _ comment: String) -> String {
        line + String(repeating: " ", count: max(1, 39 - line.count)) + "# " + comment
    }
    let delivery = settings.delivery.map {
        "gitops: {engine: \($0.engine), repository: \"\($0.repository)\", path: out/\(settings.name)}"
    }
    return """
        # yaml-language-server: $schema=stowage.schema.json
        # A small cluster with the most common settings. `stowage schema` prints the JSON Schema of all settings;
        # saved next to this file as stowage.schema.json, it enables completion and validation in editors.
        apiVersion: stowage.dev/v1alpha1
        kind: GPUCluster
        metadata:
          name: \(settings.name)
        spec:
          platform:
            \(note("cluster: \(settings.name)", "the EKS cluster; sets the discovery tags and the node role"))
            region: \(settings.region)
            \(note("kubernetes: \"\(settings.kubernetes)\"", "quoted, because YAML reads 1.30 as 1.3"))
            karpenter: {version: "\(settings.karpenter)"}
            autoscaler: {keda: "\(settings.keda)"}
            \(note("gpu: {ami: al2023@v20260714}", "pinned: `latest` would replace every node on each release"))
          \(delivery ?? "# gitops: {engine: argocd, repository: \"https://git.example.com/fleet.git\", path: out/\(settings.name)}")
          # budget: {limit: $20000/month}      # limits the worst-case cost; a plan above it is an error
          # businessHours: {days: Mon-Fri, from: "09:00", to: "18:00"}
          models:
            - name: assistant
              source: \(settings.source)
              class: interactive               # realtime, interactive or batch; selects the scaling thresholds
              weights: {tokenSecret: hugging-face}   # `from` defaults to the source on Hugging Face
              sla: {timeToFirstToken: {p95: 1s}, timePerOutputToken: {p95: 75ms}, availability: 99.9%}
              traffic: {requestsPerSecond: {steady: 2, peak: 8}, tokens: {input: 1000, output: 250}}
        """ + "\n"
}
