import Groundwork

/// A field that has no effect before Kubernetes enables a feature, which is later than schemas include it.
struct LateField: Sendable {
    private let since: Version
    /// The API group that this applies to; nil for all.
    private let group: String?
    /// The parent fields that this applies to; empty for all.
    private let parents: [String]

    private init(_ feature: Feature, group: String? = nil, parents: [String] = []) {
        since = Component.kubernetes.since(feature)
        self.group = group
        self.parents = parents
    }

    /// The version, if this applies to the field at its place.
    func since(in kind: ObjectKind, below parent: String?) -> Version? {
        guard group == nil || group == kind.group, parents.isEmpty || parents.contains(parent ?? "") else { return nil }
        return since
    }

    /// The field of a name, if there is one.
    static func named(_ name: String) -> LateField? { all[name] }

    private static let claims = "resource.k8s.io"
    private static let all = [
        "tolerance": LateField(.hpaTolerance, parents: ["scaleUp", "scaleDown"]),
        "firstAvailable": LateField(.prioritizedList, group: claims),
        "adminAccess": LateField(.adminAccess, group: claims),
        "capacity": LateField(.consumableCapacity, group: claims),
        "extendedResourceName": LateField(.extendedResourceClaims, group: claims),
        "distinctAttribute": LateField(.consumableCapacity, group: claims),
        "tolerations": LateField(.deviceTaints, group: claims),
    ]
}
