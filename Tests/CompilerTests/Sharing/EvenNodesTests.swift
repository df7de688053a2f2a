import Diagnostics
import TestTools
import Testing

@testable import Groundwork
@testable import Planning

/// Pods that the scheduler puts on the nodes of a pool, one after the other.
private struct Nodes {
    let perNode: Int
    /// For each node, the pods of each model.
    var pods: [[String: Int]]

    init(_ count: Int, perNode: Int) {
        self.perNode = perNode
        pods = Array(repeating: [:], count: count)
    }

    /// Puts a pod on a node that has a place and where it stands evenly; false where there is none.
    mutating func place(_ model: String, _ random: inout SeededGenerator) -> Bool {
        let least = pods.map { $0[model] ?? 0 }.min() ?? 0
        let open = pods.indices.filter { index in
            pods[index].values.reduce(0, +) < perNode && (pods[index][model] ?? 0) + 1 - least <= 1
        }
        guard let node = open.randomElement(using: &random) else { return false }
        pods[node][model, default: 0] += 1
        return true
    }
}

@Suite("Replicas that stand evenly on their nodes")
struct EvenNodesTests {
    /// Models that share GPUs by time in one pool, with traffic drawn at random.
    private func planned(_ seed: UInt64) throws -> (plan: Plan, random: SeededGenerator) {
        var random = SeededGenerator(seed: seed)
        let models = (0..<Int.random(in: 1...4, using: &random)).map { index in
            let steady = Int.random(in: 1...30, using: &random)
            let priority = index == 0 ? "standard" : random.pick(["critical", "standard", "best-effort"])
            return """
                    - name: model-\(index)
                      source: Qwen/Qwen3-0.6B
                      pool: shared
                      priority: \(priority)
                      context: 2k
                      instances: {prefer: [\(seed.isMultiple(of: 2) ? "g6e.12xlarge" : "g6e.4xlarge")]}
                      gpu: {share: {time-slicing: 4}}
                      traffic:
                        requestsPerSecond: {steady: \(steady), peak: \(steady * Int.random(in: 1...4, using: &random))}
                        tokens: {input: 300, output: 60}

                """
        }
        let text = """
            apiVersion: stowage.dev/v1alpha1
            kind: GPUCluster
            metadata: {name: even}
            spec:
              platform:
                cluster: even
                kubernetes: "1.35"
                karpenter: {version: "1.14", featureGates: [NodeOverlay]}
                autoscaler: {keda: "2.20"}
                gpu: {ami: al2023@v20260714}
              models:

            """
        var report = Report()
        let file = SourceFile(path: "spec.yaml", text: text + models.joined())
        let spec = try #require(understand(SpecSource(file), &report), "\(text + models.joined())")
        return (try #require(plan(spec, &report)), random)
    }

    @Test(
        "all find a place in whatever order they come, and enough of them stay when a node goes",
        arguments: UInt64(1)...40)
    func placed(seed: UInt64) throws {
        var (plan, random) = try planned(seed)
        let pool = try #require(plan.pools.first)
        let placements = plan.models.map(\.placement)
        let perNode = try #require(placements.first).candidate.replicasPerNode
        #expect(pool.size.nodes.value >= 2 && pool.size.standsEvenly)
        for counts in [placements.map(\.maxReplicas.value), placements.map(\.minReplicas.value)] {
            var nodes = Nodes(pool.size.nodes.value, perNode: perNode)
            let queue = zip(placements, counts).flatMap { Array(repeating: $0.name, count: $1) }
            for model in queue.shuffled(using: &random) {
                #expect(nodes.place(model, &random), "\(model) waits for ever: \(nodes.pods)")
            }
            for placement in placements where placement.spec.priority.value != .bestEffort {
                let steady = try #require(placement.spec.traffic).steady.value
                let rate = placement.candidate.capability.requestsPerSecond
                for gone in nodes.pods.indices {
                    let stay = nodes.pods.enumerated().filter { $0.offset != gone }
                    let replicas = stay.reduce(0) { $0 + ($1.element[placement.name] ?? 0) }
                    #expect(
                        Double(replicas) * rate >= steady - 1e-6,
                        "\(placement.name) without node \(gone): \(nodes.pods)")
                }
            }
        }
    }
}
