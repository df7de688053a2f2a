import Diagnostics
import YAML

/// An object on its way through kustomizations; each value keeps the place that it came from.
struct BuiltObject: Sendable {
    /// A name in a namespace.
    struct Identity: Hashable, Sendable {
        /// `default` where none is written.
        let namespace: String
        let name: String
    }

    private(set) var root: Node
    /// The path of the file that it came from.
    let path: String
    let kind: ObjectKind
    let version: String
    /// What it was called at each step, first to last: kustomize finds it by any of them.
    private(set) var identities: [Identity]
    /// The prefixes that it was given, the innermost first.
    var prefixes: [String] = []
    /// The suffixes that it was given, the innermost first.
    var suffixes: [String] = []

    /// Takes an object in; nil for what is none.
    init?(_ root: Node, path: String) {
        guard let version = root["apiVersion"]?.text, let name = root["kind"]?.text else { return nil }
        self.root = root
        self.path = path
        self.version = version
        kind = ObjectKind(apiVersion: version, name)
        identities = [Identity(root)]
    }

    /// What it is called now.
    var identity: Identity { identities[identities.count - 1] }

    /// Puts other content in the place of its own, and remembers the name that it had.
    mutating func replace(_ root: Node) {
        self.root = root
        let now = Identity(root)
        if now != identity { identities.append(now) }
    }

    /// Puts other content in the place of its own, as if it had always been so: no reference follows the name.
    mutating func rewrite(_ root: Node) {
        self.root = root
        identities[identities.count - 1] = Identity(root)
    }

    /// The place of its name, or of the whole where it has none.
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
    /// What became of the kustomizations that made some objects.
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
