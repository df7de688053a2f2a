import Groundwork

/// The user that a serving container runs as.
package struct ServingUser: Sendable {
    /// Whether it is root, with the reason.
    package let isRoot: Traced<Bool>
    /// Its ID; nil for root.
    package let id: Traced<Int>?
    /// Why it is root, in words for the plan; nil if it is not.
    package let rootReason: ReasonedText?
}

/// Decides the user of a model's container: the one of vLLM's image, or root where that is asked for or needed.
package func planUser(_ model: Placement) -> ServingUser {
    let serving = model.spec.serving
    let version = serving.version
    if serving.runAsRoot.value {
        return .root(serving.runAsRoot, "the spec sets `runAsRoot`")
    }
    if model.usesMPS {
        let isRoot = Traced(
            true, because: "the MPS daemon of a node runs as root, and was not tried with clients of another user",
            Ingredient("share", model.spec.gpu.share))
        return .root(isRoot, "it shares its GPU by MPS, whose daemon was not tried with clients of another user")
    }
    let first = Component.vLLM.since(.nonRootUser)
    let isRoot = Traced(
        !Component.vLLM.offers(.nonRootUser, at: version.value),
        because: "images of vLLM have a user besides root from \(first.text) on", Ingredient("version", version))
    if isRoot.value {
        return .root(
            isRoot, "the image of vLLM \(version, as: "vLLM version") has no other user; that of \(first.text) has one")
    }
    return ServingUser(isRoot: isRoot, id: .whole(Thresholds.vllmUser), rootReason: nil)
}

extension ServingUser {
    fileprivate static func root(_ isRoot: Traced<Bool>, _ reason: ReasonedText) -> ServingUser {
        ServingUser(isRoot: isRoot, id: nil, rootReason: reason)
    }
}
