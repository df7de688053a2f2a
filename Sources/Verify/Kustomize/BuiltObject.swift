import Diagnostics
import YAML

/// An object while kustomizations change it; each value keeps the place that it came from.
struct BuiltObject: Sendable {
    /// A name in a namespace.
    struct Identity: Hashable, Sendable {
        /// `default` if none is written.
        let namespace: String
        let name: String
    }

    private(set) var root: Node
    /// The path of the file that it came from.
    let path: String
    let kind: ObjectKind
    let version: String
    /// Its names after each step, first to last: kustomize finds it by any of them.
    private(set) var identities: [Identity]
    /// The prefixes that were added, innermost first.
    var prefixes: [String] = []
    /// The suffixes that were added, innermost first.
    var suffixes: [String] = []

    /// Reads an object; nil if it is not an object.
    init?(_ root: Node, path: String) {
        guard let version = root["apiVersion"]?.text, let name = root["kind"]?.text else { return nil }
        self.root = root
        self.path = path
        self.version = version
        kind = ObjectKind(apiVersion: version, name)
        identities = [Identity(root)]
    }

    /// Its current name.
    var identity: Identity { identities[identities.count - 1] }

    /// Replaces its content, and remembers the previous name.
    mutating func replace(_ root: Node) {
        self.root = root
        let now = Identity(root)
        if now != identity { identities.append(now) }
    }

    /// Replaces its content and forgets the previous name, so that references to it are not updated.
    mutating func rewrite(_ root: Node) {
        self.root = root
        identities[identities.count - 1] = Identity(root)
    }

    /// The place of its name, or of the whole object if it has none.
    var place: SourceRange { (root["metadata"]?["name"] ?? root).range }

    /// The object in words, for example "Service `model-a`".
    var words: String { "\(kind.name) `\(identity.name)`" }
}

extension BuiltObject.Identity {
    init(_ root: Node) {
        let metadata = root["metadata"]
        name = metadata?["name"]?.text ?? ""
        namespace = metadata?["namespace"]?.text ?? "default"
    }
}

extension TreeScope.Built {
    /// The result of the kustomizations that built some objects.
    init(mistakes: [BuildMistake], _ objects: [BuiltObject]) {
        var earlier: [String: String] = [:]
        var renamed: [ObjectKind: [String: String]] = [:]
        for object in objects where object.identities.count > 1 {
            let (first, last) = (object.identities[0], object.identity)
            if first.name != last.name {
                earlier[last.name] = first.name
                renamed[object.kind, default: [:]][first.name] = last.name
            }
            if first.namespace != last.namespace { earlier[last.namespace] = first.namespace }
        }
        self.init(mistakes: mistakes, earlier: earlier, renamed: renamed)
    }
}
