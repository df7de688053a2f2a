import Groundwork

/// What provides the nodes of a model.
package enum NodeSupply: Sendable, Hashable, FactConvertible {
    /// Karpenter, for pending pods.
    case dynamic
    /// Karpenter, in a fixed number in advance.
    case `static`
    /// An existing managed node group, perhaps with a maximum of nodes; by default it has the name of the pool.
    case managed(group: String?, most: Int?)

    /// The supply as text: `dynamic`, `static`, `managed`, `managed chat-gpus`.
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
