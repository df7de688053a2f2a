/// A commented spec to begin with: what `stowage init` writes.
package func starterSpec(named name: String) -> String {
    """
    # yaml-language-server: $schema=stowage.schema.json
    # The smallest useful cluster and the settings that people reach for next. `stowage schema` lists all of them;
    # written beside this file as stowage.schema.json, it lets editors complete and check.
    apiVersion: stowage.dev/v1alpha1
    kind: GPUCluster
    metadata:
      name: \(name)
    spec:
      platform:
        cluster: \(name)                   # the EKS cluster: discovery tags and node role follow from it
        region: us-east-1
        kubernetes: "1.35"                 # quoted: 1.30 would be read as 1.3
        karpenter: {version: "1.14"}
        autoscaler: {keda: "2.20"}
        gpu: {ami: al2023@v20260714}       # pinned: `latest` would replace every node on each release
      # budget: {limit: $20000/month}      # bounds the worst case; a plan above it is refused
      # businessHours: {days: Mon-Fri, from: "09:00", to: "18:00"}
      models:
        - name: assistant
          source: meta-llama/Llama-3.1-8B-Instruct
          class: interactive               # realtime, interactive or batch: the row of the threshold table
          weights: {tokenSecret: hugging-face}   # absent `from`: the source on Hugging Face
          sla: {timeToFirstToken: {p95: 1s}, timePerOutputToken: {p95: 75ms}, availability: 99.9%}
          traffic: {requestsPerSecond: {steady: 2, peak: 8}, tokens: {input: 1000, output: 250}}
    """ + "\n"
}
