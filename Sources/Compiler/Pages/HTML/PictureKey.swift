import Groundwork
import Planning

/// An entry of the picture's key: a small drawing and what it stands for.
struct KeyEntry {
    static let frame = Frame(x: 1, y: 1, width: 26, height: 16)

    let swatch: String
    let words: String
}

/// The models in the key: color, number and replicas.
func modelKey(_ plan: Plan) -> [KeyEntry] {
    plan.models.enumerated().map { index, model in
        let (least, most) = (model.placement.minReplicas.value, model.placement.maxReplicas.value)
        let paint = ModelPaint(index)
        let style = TextStyle(size: 11, isBold: true)
        return KeyEntry(
            swatch: KeyEntry.frame.rect(paint.fill(isSteady: true)) + paint.overlay(KeyEntry.frame, isSteady: true)
                + paint.label("\(index + 1)", in: KeyEntry.frame, style, isSteady: true),
            words:
                "\(model.name), \(least == most ? counted(most, "replica") : "\(least) to \(counted(most, "replica"))")"
        )
    }
}

/// What colors, patterns and borders mean: those that occur.
func markKey(_ cluster: PicturedCluster) -> [KeyEntry] {
    let pools = cluster.pools
    let nodes = pools.flatMap(\.nodes)
    let parts = nodes.flatMap(\.gpus).flatMap(\.parts)
    let replicas = parts.flatMap(\.replicas)
    let frame = KeyEntry.frame
    func has(_ test: (Layout) -> Bool) -> Bool { pools.contains { test($0.layout) } }
    let isSliced = has { if case .timeSlicing = $0 { true } else { false } }
    let isLayered =
        parts.contains { !$0.profile.isEmpty && $0.capacity > 1 } || has { if case .mps = $0 { true } else { false } }
    let spare = parts.contains { $0.replicas.count < max(1, $0.capacity) }
    let entries: [(Bool, String, String)] = [
        (replicas.contains(where: \.isSteady), frame.rect("any"), "minimum replica, at steady load"),
        (replicas.contains { !$0.isSteady }, frame.rect("any-light"), "replica added at peak load"),
        (spare, frame.rect("spare") + frame.hatch("hatch", step: 5), "spare"),
        (nodes.contains(where: \.isSteady), frame.rect("node", rounded: 4), "node that runs at steady load too"),
        (nodes.contains { !$0.isSteady }, frame.rect("node added", rounded: 4), "node launched for peak load"),
        (
            pools.contains { $0.isSpot && !$0.nodes.isEmpty }, frame.rect("node added spot-node", rounded: 4),
            "spot node"
        ),
        (
            nodes.contains(where: \.isReserved),
            frame.rect("node reserved", rounded: 4)
                + Frame(x: 3, y: 3, width: 22, height: 12).rect("inner", rounded: 3), "reserved node"
        ),
        (
            has(\.isMIG),
            Frame(x: 1, y: 1, width: 12.5, height: 16).rect("any")
                + Frame(x: 14.5, y: 1, width: 12.5, height: 16).rect("any"), "MIG instances"
        ),
        (
            isSliced,
            shape("polygon", [("points", "1,1 16,1 12,17 1,17"), ("class", "any")])
                + shape("polygon", [("points", "18,1 27,1 27,17 14,17"), ("class", "any")]), "time-slicing"
        ),
        (
            isLayered,
            Frame(x: 1, y: 1, width: 26, height: 7.5).rect("any")
                + Frame(x: 1, y: 9.5, width: 26, height: 7.5).rect("any"),
            "MPS"
        ),
        (pools.contains(where: \.usesDRA), frame.rect("any") + claimMark(frame), "GPU claimed by DRA"),
        (
            pools.contains(where: \.isManaged),
            frame.rect("pool", rounded: 4) + Frame(x: 1, y: 4, width: 4, height: 10).rect("managed"),
            "managed node group"
        ),
    ]
    return entries.filter(\.0).map { KeyEntry(swatch: $0.1, words: $0.2) }
}
