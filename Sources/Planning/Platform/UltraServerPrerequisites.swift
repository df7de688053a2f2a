import Groundwork

/// What nodes of UltraServers need besides, in sentences; none where no model stands on one.
func ultraServerPrerequisites(_ models: [Placement]) -> [String] {
    let there = models.filter(\.shape.type.isUltraServer)
    guard !there.isEmpty else { return [] }
    let images = unique(there.map { "`\($0.spec.serving.image.value)`" }).joined(separator: ", ")
    let types = unique(there.map { "`\($0.shape.type.name)`" }).joined(separator: ", ")
    let domain =
        there.contains { DomainPlan($0) != nil }
        ? ["NVIDIA's driver 570.158.01 or later on nodes of \(types): older ones make no ComputeDomains."] : []
    return domain + [
        "\(images) for arm64, the architecture of \(types).",
        "Before a node group of \(types) is updated, its size has to be 0: there is no spare instance to update into.",
    ]
}
