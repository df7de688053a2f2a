import Diagnostics
import Groundwork
import YAML

/// Changes of what a model runs on.
func hardwareLevers(_ placement: Placement, _ spec: ClusterSpec) -> [Lever] {
    let (model, demand) = (placement.spec, placement.choice.demand)
    guard model.existing == nil else { return [] }
    let quantized = quantizeSettings(model, demand.workload).map { setting in
        Lever(setting, risk: "vLLM converts the weights to 8 bits, which changes answers slightly")
    }
    let cache = cacheSettings(model).map { setting in
        Lever(setting, risk: "the KV cache has 8 bits, which changes answers slightly")
    }
    return quantized + cache + [spotLever(placement), contextLever(placement)].compactMap { $0 }
        + familyLevers(placement, spec) + requirementLevers(model, spec)
}

/// Spot for the replicas above the minimum.
private func spotLever(_ placement: Placement) -> Lever? {
    guard placement.nodes.spot.value == .never, placement.isAutoscaled else { return nil }
    let model = placement.spec
    if model.workloadClass.value == .batch || model.priority.value == .bestEffort {
        return Lever(
            [
                Lever.Change(SpecEdit(model, "instances", "spot", to: "only", as: "instances: {spot: only}")) {
                    $0.instances.spot = Traced(.only, .convention("tried"))
                }
            ],
            risk:
                "an interruption takes replicas with a notice of two minutes, and the model serves nothing while EC2 has no spot capacity; its discount is an assumption unless `platform.spotDiscount` sets it"
        )
    }
    return Lever(
        [
            Lever.Change(SpecEdit(model, "instances", "spot", to: "allowed", as: "instances: {spot: allowed}")) {
                $0.instances.spot = Traced(.allowed, .convention("tried"))
            }
        ],
        risk:
            "the surge gets a notice of two minutes before an interruption, and none of it runs where EC2 has no spot capacity; its discount is an assumption unless `platform.spotDiscount` sets it"
    )
}

/// A shorter context than the default, down to what the requests need.
private func contextLever(_ placement: Placement) -> Lever? {
    let (model, now) = (placement.spec, placement.choice.demand.workload.context.value)
    guard model.context == nil else { return nil }
    let least = leastContext(model)
    let shorter = contextLengths.filter { $0 < now && $0 >= least }.prefix(4)
    guard !shorter.isEmpty else { return nil }
    return Lever(
        shorter.map { length in
            let words = contextLength(length)
            return Lever.Change(SpecEdit(model, "context", to: words, as: "context: \(words)")) {
                $0.context = Traced(length, .convention("tried"))
            }
        }, risk: "vLLM rejects longer requests")
}

/// Families of other instance types on which the model runs, those that cost least at peak load first.
private func familyLevers(_ placement: Placement, _ spec: ClusterSpec) -> [Lever] {
    let model = placement.spec
    var seen: Set<String> = [placement.candidate.type.family]
    let others = placement.choice.search.feasible.map(\.type.family).filter { seen.insert($0).inserted }.prefix(3)
    // What the spec prefers is a requirement: another family is for the advice alone.
    let isFree = model.instances.prefer.isEmpty && spec.instances.prefer.isEmpty
    return others.map { family in
        let edit = SpecEdit(model, "instances", "prefer", to: "[\(family)]", as: "instances: {prefer: [\(family)]}")
        let setting: ModelChange = { $0.instances.prefer = [Traced(family, .convention("tried"))] }
        return Lever(
            [Lever.Change(edit, isFree ? setting : nil)],
            risk: "other instances, with their own EC2 quota and capacity")
    }
}

/// The instances that the cluster prefers and avoids.
func clusterLevers(_ spec: ClusterSpec, _ placements: [Placement]) -> [Lever] {
    listLevers(spec) + commitmentLevers(spec, placements)
}

/// A discount on the families whose nodes run on demand.
private func commitmentLevers(_ spec: ClusterSpec, _ placements: [Placement]) -> [Lever] {
    let families = unique(
        placements.filter { !$0.isSpotOnly && !$0.isExisting && $0.minReplicas.value > 0 }.map(\.candidate.type.family))
    let committed = spec.platform.commitments.map(\.instances.value)
    return families.filter { !committed.contains($0) }.map { family in
        let change = NodeChange.setting(
            ["commitments", family], to: "10%", beside: spec.platform.cluster.range ?? spec.platform.range)
        let edit = change.edit.map { SpecEdit($0, as: "platform: {commitments: {\(family): 10%}}") }
        return Lever(
            [edit?.needing("with a Savings Plan or private pricing of that discount")],
            risk: "a Savings Plan is paid for one or three years, whether nodes run or not")
    }
}

/// The lists of the cluster, left out.
private func listLevers(_ spec: ClusterSpec) -> [Lever] {
    [("prefer", spec.instances.prefer), ("avoid", spec.instances.avoid)].compactMap { key, list in
        guard let first = list.first?.range, let edit = NodeChange.removing(listOf: first)?.edit else { return nil }
        return Lever(
            [SpecEdit(edit, as: "instances: {\(key): …}", isLeftOut: true)],
            risk: "models run on other instances, with their own EC2 quota and capacity")
    }
}

/// Requirements on hardware and latency that the spec states and could relax.
private func requirementLevers(_ model: ModelSpec, _ spec: ClusterSpec) -> [Lever] {
    let own = hardwareRequirements(model, spec).filter { if case .model = $0.reach { true } else { false } }
    return (own + objectiveRequirements(model)).map { requirement in
        Lever(Array(requirement.weaker(in: spec).prefix(3)), risk: "relaxes a requirement: \(requirement.words)")
    } + defaultLatencyLevers(model)
}

/// Slower targets in place of those of the class.
private func defaultLatencyLevers(_ model: ModelSpec) -> [Lever] {
    let objectives = model.objectives
    let targets = [
        ("timeToFirstToken", objectives.ttft, MetricName.timeToFirstToken.metric.bounds),
        ("timePerOutputToken", objectives.tpot, MetricName.timePerOutputToken.metric.bounds),
    ]
    return targets.compactMap { key, target, bounds in
        guard let target, target.isDefault else { return nil }
        let slower = bounds.filter { $0 > target.seconds.value }.prefix(2)
        return Lever(
            slower.map { seconds in
                let text = "{p\(target.percentile.value): \(inWords(seconds))}"
                return SpecEdit(model, "sla", key, to: text, as: "sla: {\(key): \(text)}")
            }, risk: "requests are slower, within a target that is further away")
    }
}
