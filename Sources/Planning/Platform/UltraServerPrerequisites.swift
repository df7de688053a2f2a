import Groundwork

/// What else nodes of UltraServers need, in sentences; none if no model runs on one.
func ultraServerPrerequisites(_ models: [Placement]) -> [String] {
    let there = models.filter(\.candidate.type.isUltraServer)
    guard !there.isEmpty else { return [] }
    let images = unique(there.map { "`\($0.spec.serving.image.value)`" }).joined(separator: ", ")
    let types = unique(there.map { "`\($0.candidate.type.name)`" }).joined(separator: ", ")
    let domain =
        there.contains { DomainPlan($0) != nil }
        ? ["NVIDIA driver 570.158.01 or later on nodes of \(types): older ones do not support ComputeDomains."] : []
    return domain + [
        "\(images) for arm64, the architecture of \(types).",
        "Scale a node group of \(types) to 0 before an update: there are no spare instances to update into.",
    ]
}
