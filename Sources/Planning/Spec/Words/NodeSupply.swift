import Groundwork

/// Who brings the nodes of a model.
package enum NodeSupply: Sendable, Hashable, FactConvertible {
    /// Karpenter, when pods come.
    case dynamic
    /// Karpenter, in a fixed number that stands ready.
    case `static`
    /// A managed node group that somebody else owns, of at most some nodes; without a name it is called like the pool.
    case managed(group: String?, most: Int?)

    /// The supply in words: `dynamic`, `static`, `managed`, `managed chat-gpus`.
    package var text: String {
        switch self {
        case .dynamic: "dynamic"
        case .static: "static"
        case .managed(let group, _): group.map { "managed \($0)" } ?? "managed"
        }
    }

    package var isManaged: Bool { if case .managed = self { true } else { false } }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
