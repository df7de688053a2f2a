import Groundwork

/// A field that does nothing before a version in which its gate opens, later than schemas know it.
struct LateField: Sendable {
    private let since: Version
    /// The API group in which it does; nil for all.
    private var group: String?
    /// The fields right below which it does; empty for all.
    private var parents: [String] = []

    /// The version, if a field of this name is such a one where it stands.
    func since(in kind: ObjectKind, below parent: String?) -> Version? {
        guard group == nil || group == kind.group, parents.isEmpty || parents.contains(parent ?? "") else { return nil }
        return since
    }

    /// The field of a name, if it may be such a one.
    static func named(_ name: String) -> LateField? { all[name] }

    private static let claims = "resource.k8s.io"
    private static let all = [
        "tolerance": LateField(since: Version(1, 35), parents: ["scaleUp", "scaleDown"]),
        "firstAvailable": LateField(since: Version(1, 34), group: claims),
        "adminAccess": LateField(since: Version(1, 34), group: claims),
        "capacity": LateField(since: Version(1, 36), group: claims),
        "extendedResourceName": LateField(since: Version(1, 36), group: claims),
        "distinctAttribute": LateField(since: Version(1, 36), group: claims),
        "tolerations": LateField(since: Version(1, 36), group: claims),
    ]
}
