import Diagnostics
import Groundwork
import Planning
import YAML

/// An object of the plan that patches can change.
struct RenderedObject {
    /// The index of its manifest, and of its document there.
    let manifest: Int
    let document: Int
    let group: String
    let version: String
    let kind: String
    let name: String
    /// Empty if none is written.
    let namespace: String
    /// The model that it is for.
    let model: String?
    var root: ManifestValue
    /// Where the patches that changed it are in the spec.
    var patches: [SourceRange] = []

    /// The object in words, for example "Service `model-a`".
    var words: String { "\(kind) `\(name)`" }

    /// Finds all objects; values for Helm and JSON files are none.
    static func all(in manifests: [Manifest]) -> [RenderedObject] {
        manifests.enumerated().flatMap { index, manifest in
            manifest.isJSON
                ? []
                : manifest.documents.enumerated().compactMap { number, document in
                    RenderedObject(document.root, manifest: index, document: number)
                }
        }
    }

    private init?(_ root: ManifestValue, manifest: Int, document: Int) {
        guard let apiVersion = root["apiVersion"]?.text, let kind = root["kind"]?.text else { return nil }
        let metadata = root["metadata"]
        let parts = apiVersion.split(separator: "/", maxSplits: 1).map(String.init)
        self.manifest = manifest
        self.document = document
        group = parts.count > 1 ? parts[0] : ""
        version = parts.last ?? ""
        self.kind = kind
        name = metadata?["name"]?.text ?? ""
        namespace = metadata?["namespace"]?.text ?? ""
        model = metadata?["labels"]?[Names.modelLabel]?.text
        self.root = root
    }
}

/// A step from a value of an object to one in it.
enum ObjectStep {
    case key(String)
    /// An item, with what identifies it in its list.
    case item(Int, ManifestValue)

    /// The entry or item of a merge that this step leads to, and its place.
    func entry(in node: Node) -> (Node, SourceRange)? {
        switch self {
        case .key(let key):
            return node.entries?.first { $0.key == key }.map {
                ($0.value, $0.value.isNull ? $0.keyRange : $0.value.range)
            }
        case .item(_, let item):
            return node.items?.first { item.isNamed(as: ManifestValue($0)) }.map { ($0, $0.range) }
        }
    }
}

extension [ObjectStep] {
    /// The path as the API server writes it: `spec.triggers[0].metadata.threshold`.
    var text: String {
        reduce("") { text, step in
            switch step {
            case .key(let key):
                let isPlain = !key.contains(".") && !key.contains("/")
                return text.isEmpty ? key : isPlain ? "\(text).\(key)" : "\(text)[\(key)]"
            case .item(let index, _): return "\(text)[\(index)]"
            }
        }
    }
}

extension ManifestValue {
    /// Tells whether two items of a list stand for the same thing: by their name, key or type, or as the same flag.
    func isNamed(as other: ManifestValue) -> Bool {
        for key in ["name", "key", "type", "containerPort", "mountPath"] {
            if let own = self[key]?.text ?? other[key]?.text {
                return own == self[key]?.text && own == other[key]?.text
            }
        }
        guard let flag, let others = other.flag else { return false }
        return flag == others
    }

    /// `--max-num-seqs` of `--max-num-seqs=12`.
    private var flag: Substring? {
        guard kind == .string, let text, text.hasPrefix("--") else { return nil }
        return text.prefix { $0 != "=" }
    }
}
