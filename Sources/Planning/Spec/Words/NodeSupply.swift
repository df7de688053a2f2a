import Groundwork

/// What provides the nodes of a model.
package enum NodeSupply: Sendable, Hashable, FactConvertible {
    /// Karpenter, for pending pods.
    case dynamic
    /// Karpenter, in a fixed number in advance.
    case `static`
    /// An existing managed node group, perhaps with a maximum of nodes; by default it has the name of the pool.
    case managed(group: String?, most: Int?)
    /// Others, who own them: a NodePool or a node group of that name.
    case existing(pool: String)

    /// The supply as text: `dynamic`, `static`, `managed`, `managed chat-gpus`.
    package var text: String {
        switch self {
        case .dynamic: "dynamic"
        case .static: "static"
        case .managed(let group, _): group.map { "managed \($0)" } ?? "managed"
        case .existing(let pool): "existing \(pool)"
        }
    }

    /// Whether no NodePool of the tree launches them.
    package var isManaged: Bool {
        switch self {
        case .managed, .existing: true
        case .dynamic, .static: false
        }
    }
    package var isExisting: Bool { if case .existing = self { true } else { false } }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
