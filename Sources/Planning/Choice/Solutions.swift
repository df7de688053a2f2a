import Groundwork

/// What replicas sustain, solved once for all models with the same question.
///
/// What a replica sustains does not depend on the number of replicas, nor on the rest of the node: models of a fleet that differ in traffic
/// alone share it, and so do types with the same GPU. A cache, and so a class: it only changes how long a plan takes.
package final class Solutions {
    /// What decides how a model runs on any GPU.
    fileprivate struct Question: Hashable {
        let architecture: ObjectIdentifier
        let dtype: DType
        let isQuantized: Bool
        let kvDType: DType
        let inputTokens: Int
        let outputTokens: Int?
        let images: [Double]?
        let prefixHitRate: Double?
        let context: Int
        let release: Version
        let batchedTokens: Int?
        let scaleBlock: Int?
        let isSpeculative: Bool
        let targets: LatencyTargets
        let share: GPUShare
    }

    /// The answers to one question, by hardware.
    final class Answers {
        private struct Hardware: Hashable {
            let gpu: ObjectIdentifier
            let ranks: Ranks
            let memoryShare: Double
            let dtype: DType
        }

        /// The architecture of the question, kept so that no other takes its identity.
        private let architecture: ModelArchitecture
        private var known: [Hardware: Result<Capability, Capability.Rejection>] = [:]

        fileprivate init(_ architecture: ModelArchitecture) { self.architecture = architecture }

        /// What a replica sustains on a GPU, solved if it is not known yet.
        func capability(_ demand: Demand, _ workload: Workload, _ accelerator: Accelerator, _ ranks: Ranks)
            -> Result<Capability, Capability.Rejection>
        {
            let hardware = Hardware(
                gpu: ObjectIdentifier(accelerator.gpu), ranks: ranks, memoryShare: workload.memoryShare.value,
                dtype: workload.dtype.value)
            if let known = known[hardware] { return known }
            let result = solve(demand, workload, accelerator, ranks)
            known[hardware] = result
            return result
        }
    }

    private var known: [Question: Answers] = [:]

    package init() {}

    /// The answers for a demand; measured values apply to one model only.
    func answers(to demand: Demand) -> Answers {
        let question = Question(demand)
        if demand.model.measured == nil, let known = known[question] { return known }
        let answers = Answers(demand.workload.architecture)
        if demand.model.measured == nil { known[question] = answers }
        return answers
    }
}

extension Solutions.Question {
    init(_ demand: Demand) {
        let workload = demand.workload
        self.init(
            architecture: ObjectIdentifier(workload.architecture), dtype: workload.dtype.value,
            isQuantized: workload.isQuantized, kvDType: workload.kvDType.value, inputTokens: workload.inputTokens.value,
            outputTokens: workload.outputTokens?.value, images: workload.images?.key,
            prefixHitRate: workload.prefixHitRate?.value,
            context: workload.context.value,
            release: workload.release, batchedTokens: workload.batchedTokens?.value,
            scaleBlock: workload.scaleBlock?.value,
            isSpeculative: workload.isSpeculative,
            targets: demand.targets,
            share: demand.share)
    }
}

/// Finds what a replica sustains.
private func solve(
    _ demand: Demand, _ workload: Workload, _ accelerator: Accelerator, _ ranks: Ranks
) -> Result<Capability, Capability.Rejection> {
    capability(
        of: workload, on: accelerator, tensorParallel: ranks.count, expertParallel: ranks.holdExperts,
        targets: demand.targets, measured: demand.model.measured)
}
