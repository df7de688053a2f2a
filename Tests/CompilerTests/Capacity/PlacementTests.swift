import Diagnostics
import Testing

@testable import Groundwork
@testable import Planning

/// What holds for every placement, on specs drawn at random.
struct PlacementTests {
    private static let seeds = (UInt64(61)...160)

    private func placements(_ seed: UInt64) throws -> [Placement] {
        let spec = try #require(RandomSpec(seed: seed).spec())
        var report = Report()
        return spec.models.compactMap { try? place($0, spec, PriceList(spec), &report)?.get() }
    }

    @Test("weights, overheads and one whole context lie in the memory that was chosen", arguments: seeds)
    func memory(seed: UInt64) throws {
        for placement in try placements(seed) {
            let workload = placement.candidate.workload
            let architecture = workload.architecture
            let ranks = Double(placement.candidate.tensorParallel)
            // What vLLM needs beside weights and KV cache, written out once more.
            let bytes: Double =
                switch workload.dtype.value {
                case .bf16, .fp16: 2
                case .fp8: 1
                case .int4: 0.53
                case .mxfp4: 0.531
                }
            let counted = Double(architecture.parameters) * bytes / 1_073_741_824
            let whole = bytes < 2 ? Double(architecture.embeddingParameters) * (2 - bytes) / 1_073_741_824 : 0
            let weights = workload.isQuantized ? counted + whole : architecture.measuredWeightsGiB ?? counted + whole
            let accelerator = placement.candidate.accelerator
            let isLarge = accelerator.perGPU == 1 && accelerator.memory > 70 && !accelerator.gpu.id.hasPrefix("a100")
            let activations = (architecture.experts == nil ? 0.66 : 0.91) * (isLarge ? 8 : 2)
            // From 0.20 on vLLM counts its CUDA graphs against the share.
            let graphs = 1.0
            #expect([0.92, 0.95].contains(workload.memoryShare.value))
            let room =
                workload.memoryShare.value * accelerator.memory - weights / ranks - 0.25 - activations - graphs
                - (ranks > 1 ? 0.3 : 0)
            let heads = Double(architecture.kvHeads)
            let tokens = Double(workload.context.value)
            let window = architecture.slidingWindow
            let cached =
                Double(architecture.layers - (window?.layers ?? 0)) * tokens
                + Double(window?.layers ?? 0) * min(tokens, Double(window?.tokens ?? 0))
            let sequence = 2 * 2 * cached * heads * Double(architecture.headDimension) / 1_073_741_824
            #expect(architecture.latentAttention == nil, "the random specs have no such model")
            #expect(min(ranks, heads) * room >= sequence)
            #expect(placement.point.sequences.value >= 1)
            #expect(placement.point.sequences.value <= placement.point.mostSequences.value)
        }
    }

    @Test(
        "replicas carry steady traffic without a node, the peak at the threshold, and growth during a cold start",
        arguments: seeds)
    func replicas(seed: UInt64) throws {
        // Replicas that the spec fixes are not ours to check.
        for placement in try placements(seed) where placement.spec.replicas == nil {
            let traffic = try #require(placement.spec.traffic)
            let rate = placement.candidate.capability.requestsPerSecond
            let (least, most) = (placement.minReplicas.value, placement.maxReplicas.value)
            let up = placement.scaling.scaleUp.value
            let isEven = placement.nodes.layout != .whole
            let onNode =
                isEven ? min(placement.candidate.replicasPerNode, (least + 1) / 2) : placement.candidate.replicasPerNode
            let lost = placement.spec.priority.value == .bestEffort ? 0 : onNode
            if isEven, lost > 0 { #expect(placement.baseNodes >= 2) }
            let dust = 1e-6
            #expect(Double(least - lost) * rate >= traffic.steady.value - dust)
            #expect(Double(least) * up * rate >= traffic.steady.value - dust)
            #expect(Double(most) * up * rate >= traffic.peak.value - dust)
            let growth =
                (traffic.peak.value - traffic.steady.value) / 1800 * Double(placement.point.coldStart.total.value)
            if placement.spec.workloadClass.value != .batch {
                // The whole seconds of the total are rounded up.
                #expect(Double(least) * (1 - up) * rate >= growth * 0.99 - dust)
            }
        }
    }

    @Test("what stays when the whole spot pool is gone carries steady traffic")
    func spotPoolLost() throws {
        var splits = 0
        for seed in Self.seeds {
            let spec = try #require(RandomSpec(seed: seed).spec())
            var report = Report()
            guard let decision = attempt(spec, PriceList(spec), &report).decision else { continue }
            let spot = decision.pools.filter { $0.role == .spot }.map(\.name.value)
            for placement in decision.placements where placement.usesSpot && placement.spec.replicas == nil {
                let own = decision.pools.filter { $0.models.contains(placement.name) }
                let stays = planDeployments(placement, [], spec, own).filter { deployment in
                    deployment.pools.allSatisfy { !spot.contains($0.name.value) }
                }
                let rate = placement.candidate.capability.requestsPerSecond
                let replicas = stays.compactMap { $0.replicas?.value }.reduce(0, +)
                #expect(Double(replicas) * rate >= (placement.spec.traffic?.steady.value ?? 0) - 1e-6)
                splits += 1
            }
        }
        #expect(splits > 5)
    }

    @Test("at the planned rate, the latency targets of the spec are met", arguments: seeds)
    func targets(seed: UInt64) throws {
        for placement in try placements(seed) {
            let sla = placement.spec.sla
            let point = placement.point
            let (tpot, first) = try (#require(point.timePerOutputToken), #require(point.timeToFirstToken))
            #expect(tpot.value <= (sla.timePerOutputToken?.seconds.value ?? .infinity) + 1e-4)
            #expect(first.value <= (sla.timeToFirstToken?.seconds.value ?? .infinity) + 1e-3)
            #expect(point.requestsPerSecond.value > 0)
            #expect(try #require(point.kvShare).value <= 1)
        }
    }
}
