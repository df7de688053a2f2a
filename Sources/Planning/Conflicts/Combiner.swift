import Diagnostics
import Groundwork

/// Finds changes that help together if none helps alone.
struct Combiner {
    /// A way in which the spec can ask for less.
    private struct Lever {
        let drop: @Sendable (ClusterSpec) -> ClusterSpec
        /// The same as edits of the text, the smallest change first.
        let edits: @Sendable (ClusterSpec) -> [SpecEdit]
    }

    let relaxer: Relaxer
    let trial: FitTrial
    let model: ModelSpec
    /// The settings with which the model fits if its requirements are dropped; empty if it then needs none.
    let settings: [Setting]

    /// One combination that keeps objectives and settings as far as possible, and one that keeps the instances.
    var combinations: [Relaxation] {
        let spec = relaxer.spec
        let region = (regionRequirement(spec).map { [$0] } ?? []).map(lever)
        let instances = instanceRequirements(model, spec).map(lever)
        let hardware = ownHardwareRequirements(model, spec).map(lever)
        let objectives = objectiveRequirements(model).map(lever)
        let name = trial.name
        let settings = settings.map { setting in
            Lever(drop: { setting.applied(to: $0, for: name) }, edits: { _ in setting.edits })
        }
        let orders = [
            region + objectives + settings + hardware + instances,
            region + instances + hardware + objectives + settings,
        ]
        var seen: Set<String> = []
        return relaxer.sorted(orders.compactMap { needed($0).flatMap(written) }).filter {
            seen.insert($0.words).inserted
        }
    }

    private func lever(_ requirement: Requirement) -> Lever {
        Lever(drop: requirement.drop, edits: { requirement.weaker(in: $0) })
    }

    /// Removes levers in order as long as the model still fits; nil if all of them together do not help.
    private func needed(_ levers: [Lever]) -> [Lever]? {
        func fits(_ levers: [Lever]) -> Bool { trial.fits(levers.reduce(relaxer.spec) { $1.drop($0) }) }
        guard fits(levers) else { return nil }
        var pulled = levers
        var index = 0
        while index < pulled.count {
            var fewer = pulled
            fewer.remove(at: index)
            if fits(fewer) { pulled = fewer } else { index += 1 }
        }
        return pulled
    }

    /// Writes levers as edits of the text, each as small as the others allow; nil if one of them cannot be written.
    private func written(_ levers: [Lever]) -> Relaxation? {
        let spec = levers.reduce(relaxer.spec) { $1.drop($0) }
        let ladders = levers.map { $0.edits(spec) }
        var edits = ladders.compactMap(\.last)
        guard edits.count == ladders.count, var best = relaxer.tried(edits) else { return nil }
        for (index, ladder) in ladders.enumerated() {
            for edit in ladder.dropLast() {
                var milder = edits
                milder[index] = edit
                guard let found = relaxer.tried(milder) else { continue }
                (edits, best) = (milder, found)
                break
            }
        }
        return best
    }
}
