import Diagnostics
import Groundwork
import YAML

/// A ConfigMap or Secret that a kustomization generates from literals and files.
///
/// Its name and the references to it omit the hash that kustomize appends.
struct GeneratedConfig {
    private let value: ManifestValue
    private let kind: String
    private let base: String
    private let options: [ManifestValue]

    init(_ value: ManifestValue, _ kind: String, of kustomization: Kustomization) {
        self.value = value
        self.kind = kind
        base = kustomization.base
        options = [kustomization.root["generatorOptions"], value["options"]].compactMap { $0 }
    }

    /// Adds it to the objects, or its data to the object that it merges into or replaces; false if that does not exist.
    func add(to objects: inout [BuiltObject], path: String, _ contents: [String: SourceFile]) -> Bool {
        guard let name = value["name"], let node = name.node else { return true }
        let behavior = value["behavior"]?.text
        let data = data(contents)
        // Any other word means `create`.
        if behavior == "merge" || behavior == "replace" {
            let namespace = value["namespace"]?.text ?? "default"
            let index = objects.firstIndex { object in
                object.kind == ObjectKind("", kind)
                    && object.identities.contains(.init(namespace: namespace, name: name.text ?? ""))
            }
            guard let index else { return false }
            let old = objects[index].root["data"]
            let merged = behavior == "merge" ? data.reduce(old ?? .emptyMapping(node.range)) { $0.with($1) } : nil
            let all = merged ?? Node(.mapping(data), node.range)
            objects[index].replace(objects[index].root.with("data", node.range, all))
            return true
        }
        var metadata = [Node.Entry("name", name.place, node)]
        if let namespace = value["namespace"], let node = namespace.node {
            metadata.append(Node.Entry("namespace", namespace.place, node))
        }
        for key in ["labels", "annotations"] {
            let pairs = options.flatMap { $0[key]?.node?.entries ?? [] }
            if pairs.isEmpty { continue }
            let all = pairs.reduce(Node.emptyMapping(name.place)) { $0.with($1) }
            metadata.append(Node.Entry(key, name.place, all))
        }
        func text(_ text: String) -> Node { Node(.scalar(Node.Scalar(text)), name.place) }
        var entries = [
            Node.Entry("apiVersion", name.place, text("v1")), Node.Entry("kind", name.place, text(kind)),
            Node.Entry("metadata", name.place, Node(.mapping(metadata), value.place)),
        ]
        if !data.isEmpty { entries.append(Node.Entry("data", name.place, Node(.mapping(data), value.place))) }
        if kind == "Secret" {
            entries.append(Node.Entry("type", name.place, value["type"]?.node ?? text("Opaque")))
        }
        if let immutable = options.last?["immutable"], let node = immutable.node, immutable.boolean == true {
            entries.append(Node.Entry("immutable", immutable.place, node))
        }
        if let made = BuiltObject(Node(.mapping(entries), value.place), path: path) { objects.append(made) }
        return true
    }

    /// The entries of its data.
    private func data(_ contents: [String: SourceFile]) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        func add(_ key: String, _ text: String, _ place: SourceRange, at keyPlace: SourceRange) {
            let text = kind == "Secret" ? base64(text.utf8) : text
            entries.append(Node.Entry(key, keyPlace, Node(.scalar(Node.Scalar(text, .doubleQuoted)), place)))
        }
        for literal in value.items(of: "literals") {
            guard let (key, text) = literal.text.flatMap(pair) else { continue }
            add(key, unquoted(text), literal.place, at: literal.place)
        }
        for file in value.items(of: "files") {
            guard let text = file.text else { continue }
            let (key, path) = pair(text) ?? (lastComponent(of: text), text)
            let content = contents[resolve(path, in: base)]
            add(
                key, content.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "",
                content.map { SourceRange($0, 0, $0.bytes.count) } ?? file.place, at: file.place)
        }
        let lists = value.items(of: "envs") + [value["env"]].compactMap { $0 }
        for file in lists {
            guard let content = file.text.flatMap({ contents[resolve($0, in: base)] }) else { continue }
            for number in content.lineStarts.indices {
                let line = content.line(number + 1)
                guard let (key, text) = pair(line), !line.hasPrefix("#") else { continue }
                let start = content.lineStarts[number]
                let place = SourceRange(content, start, start + line.utf8.count)
                add(key, text, place, at: place)
            }
        }
        return entries
    }
}

extension Node {
    /// The same mapping with another entry.
    fileprivate func with(_ entry: Entry) -> Node { with(entry.key, entry.keyRange, entry.value) }
}

/// Splits `key=value`.
private func pair(_ text: String) -> (key: String, value: String)? {
    guard let mark = text.firstIndex(of: "=") else { return nil }
    return (String(text[..<mark]), String(text[text.index(after: mark)...]))
}

/// Removes the quotes around a literal.
private func unquoted(_ text: String) -> String {
    guard let first = text.first, first == "\"" || first == "'", text.count > 1, text.last == first else { return text }
    return String(text.dropFirst().dropLast())
}

/// Encodes bytes as in Secrets.
private func base64(_ bytes: some Collection<UInt8>) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
        let group = Array(rest.prefix(3))
        rest = rest.dropFirst(3)
        let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[$1]) : 0) }
        for place in 0..<4 {
            text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
