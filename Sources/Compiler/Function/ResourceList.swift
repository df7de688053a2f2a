import Diagnostics
import Planning
import YAML

/// The input and output of functions: items, and the configuration of the function.
struct ResourceList {
    static let kind = "ResourceList"
    private static let group = "config.kubernetes.io/"
    static let empty = ResourceList(version: group + "v1", items: [], configuration: nil, source: nil)

    private let version: String
    private let items: [Node]
    private let configuration: Node?
    private let source: SourceFile?

    private init(version: String, items: [Node], configuration: Node?, source: SourceFile?) {
        self.version = version
        self.items = items
        self.configuration = configuration
        self.source = source
    }

    /// Reads a list; reports an error and gives nil if the text is not one.
    init?(reading file: SourceFile, _ report: inout Report) {
        guard let documents = readYAML(file, &report), !report.hasErrors else { return nil }
        let filled = documents.filter { $0.entries != nil }
        let list = filled.first
        let version = list?["apiVersion"]?.scalar?.text ?? ""
        guard let list, filled.count == 1, list["kind"]?.scalar?.text == Self.kind, version.hasPrefix(Self.group) else {
            report.error(
                "not-a-resource-list", "standard input is not a `\(Self.kind)` of `\(Self.group)v1`",
                at: SourceRange(file, 0, 0),
                help: [
                    "run this command from kustomize or kpt, which pass one to functions, or print the objects with `stowage generate SPEC --output -`"
                ])
            return nil
        }
        self.init(
            version: version, items: list["items"]?.items ?? [], configuration: list["functionConfig"], source: file)
    }

    /// The cluster spec in the function's configuration; reports an error and gives nil if there is none.
    ///
    /// Its text is written again, because places in the list would not help the user.
    func spec(_ report: inout Report) -> FunctionSpec? {
        guard let configuration, configuration["kind"]?.scalar?.text == SpecFormat.kind else {
            let kind = configuration?["kind"]?.scalar?.text
            report.error(
                "no-function-config",
                kind.map { "`functionConfig` is a `\($0)`, not a `\(SpecFormat.kind)`" }
                    ?? "the function has no configuration",
                at: configuration?["kind"]?.range ?? source.map { SourceRange($0, 0, 0) },
                help: ["set `functionConfig` to a `\(SpecFormat.kind)`"])
            return nil
        }
        return FunctionSpec(configuration)
    }

    /// The list with objects added; an object that exists already is replaced in place.
    func adding(_ objects: [Node]) -> ResourceList {
        var left: [ObjectKey: Node] = [:]
        for object in objects { left[ObjectKey(object)] = object }
        let kept = items.map { item in left.removeValue(forKey: ObjectKey(item)) ?? item }
        let added = objects.filter { left[ObjectKey($0)] != nil }
        return ResourceList(version: version, items: kept + added, configuration: configuration, source: source)
    }

    /// Writes the list with results.
    func written(results: [Node]) -> [UInt8] {
        let place = SourceRange(SourceFile(path: "", bytes: []), 0, 0)
        func text(_ text: String) -> Node { Node(.scalar(Node.Scalar(text)), place) }
        var entries = [
            Node.Entry("apiVersion", place, text(version)), Node.Entry("kind", place, text(Self.kind)),
            Node.Entry("items", place, Node(.sequence(items), place)),
        ]
        if let configuration { entries.append(Node.Entry("functionConfig", place, configuration)) }
        if !results.isEmpty { entries.append(Node.Entry("results", place, Node(.sequence(results), place))) }
        return writeYAML([Node(.mapping(entries), place)])
    }
}

/// The identity of an object in a cluster, which excludes the API version.
private struct ObjectKey: Hashable {
    let group: String
    let kind: String
    let namespace: String
    let name: String

    init(_ object: Node) {
        let version = object["apiVersion"]?.scalar?.text ?? ""
        group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
        kind = object["kind"]?.scalar?.text ?? ""
        namespace = object["metadata"]?["namespace"]?.scalar?.text ?? ""
        name = object["metadata"]?["name"]?.scalar?.text ?? ""
    }
}
