import Groundwork

/// Why an instance type is not tried for a model at all.
package enum Exclusion: Sendable, Hashable {
    case notUsable(String)
    case notNamed(String)
    case avoided
    case notPreferred
    case notOffered(region: String)
    case unpriced
    case notPartitioned(profile: String)
    case tooFewGPUs(Int)

    /// The reason in words.
    package var words: String {
        switch self {
        case .notUsable(let reason): reason
        case .notNamed(let reason): "used only if `prefer` names it: \(reason)"
        case .avoided: "avoided by the spec"
        case .notPreferred: "not among the preferred instances"
        case .notOffered(let region): "not offered in \(region)"
        case .unpriced: "no price is known"
        case .notPartitioned(let profile): "its GPU has no MIG profile \(profile)"
        case .tooFewGPUs(let asked): "has fewer than the \(asked) GPUs that a replica needs"
        }
    }
}

extension Demand {
    /// Whether the spec's lists of instances allow a type.
    func isWanted(_ type: InstanceType) -> Bool { rejection(of: type) == nil }

    /// Why a type is not tried; nil if it is.
    ///
    /// The spec comes first: a type that it does not allow needs no further reason.
    func exclusion(of type: InstanceType, _ prices: PriceList) -> Exclusion? {
        if let rejection = rejection(of: type) { return rejection }
        if let rejection = type.rejection { return .notUsable(rejection) }
        if !prices.isOffered(type) { return .notOffered(region: prices.region.value) }
        if prices.onDemand(type) == nil { return .unpriced }
        if case .mig(let profile, _) = share, Catalog.migProfile(gpu: type.gpuID, profile: profile) == nil {
            return .notPartitioned(profile: profile)
        }
        if let asked = model.gpu.tensorParallel?.value, asked > type.gpuCount { return .tooFewGPUs(asked) }
        return nil
    }

    private func rejection(of type: InstanceType) -> Exclusion? {
        if avoid.contains(where: { type.isNamed($0.value) }) { return .avoided }
        if prefer.isEmpty { return type.reserve.map { .notNamed($0) } }
        return prefer.contains { type.isNamed($0.value) } ? nil : .notPreferred
    }
}
