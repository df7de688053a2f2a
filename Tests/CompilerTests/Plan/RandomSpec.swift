import Diagnostics
import TestTools
import Testing

@testable import Planning

/// A small spec with one or two models and requirements drawn at random.
struct RandomSpec: CustomTestStringConvertible, Sendable {
    let seed: UInt64
    let text: String

    var testDescription: String { "seed \(seed)" }

    init(seed: UInt64) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        let models = (0..<Int.random(in: 1...2, using: &random)).map { Self.model($0, &random) }
        text = """
            apiVersion: stowage.dev/v1alpha1
            kind: GPUCluster
            metadata: {name: random}
            spec:
              platform:
                cluster: random
                region: \(random.pick(["us-east-1", "us-east-1", "eu-west-1", "ap-northeast-2"]))
                kubernetes: "1.35"
                karpenter: {version: "1.14", featureGates: [NodeOverlay], interruptionQueue: random}
                autoscaler: {keda: "2.20"}
                gpu: {ami: al2023@v20260714}
              instances: {avoid: \(random.pick(["[]", "[]", "[g6e]", "[p5, p5en]"]))}
              models:

            """ + models.joined()
    }

    /// The spec as the compiler understands it.
    func spec() -> ClusterSpec? {
        var report = Report()
        return understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report)
    }

    private static func model(_ index: Int, _ random: inout SeededGenerator) -> String {
        let steady = Double(Int.random(in: 1...40, using: &random)) / 2
        let peak = steady * Double(Int.random(in: 1...5, using: &random))
        let source = random.pick([
            "meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.3-70B-Instruct", "Qwen/Qwen3-8B",
            "openai/gpt-oss-120b", "microsoft/Phi-4-mini-instruct",
        ])
        let extra = [
            random.pick([
                "", "", "instances: {prefer: [p5, g6e]}", "instances: {prefer: [g6e.12xlarge, p4d], spot: allowed}",
            ]),
            random.pick(["", "weights: {quantize: allowed}"]),
            random.pick(["", "sla: {timePerOutputToken: {p95: 50ms}}", "sla: {timeToFirstToken: {p95: 1s}}"]),
            random.pick(["", "", "gpu: {tensorParallel: 4}", "gpu: {share: {mig: 1g.20gb}}"]),
            random.pick(["", "priority: best-effort", "class: batch", "replicas: {min: 2, max: 6}"]),
        ].filter { !$0.isEmpty }.map { "      \($0)\n" }.joined()
        return """
                - name: model-\(index)
                  source: \(source)
                  traffic: {requestsPerSecond: {steady: \(steady), peak: \(peak)}, tokens: {input: 900, output: 200}}

            """ + extra
    }
}
