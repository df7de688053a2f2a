import Diagnostics
import Groundwork
import YAML

/// Builds kustomizations: objects as `kustomize build` prints them, each value with the place that it came from.
struct KustomizeBuild {
    /// The kustomizations of the tree, by their folders.
    private let kustomizations: [String: Kustomization]
    /// The documents of every file, by path.
    private let documents: [String: [Node]]
    /// The possible data files, by path.
    private let contents: [String: SourceFile]
    private(set) var mistakes: [BuildMistake] = []
    /// Whether objects are missing that kustomize would build, so that a missing object is not reported.
    private var isPartial = false
    /// The folders that are being built.
    private var open: Set<String> = []
    private var references = NameReference.builtIn
    /// How many more objects may be added: bases that include bases twice grow without bound.
    private var room: Int

    init(_ tree: KustomizedTree, room: Int = 100_000) {
        self.room = room
        kustomizations = tree.kustomizations
        documents = tree.documents
        contents = tree.contents
    }

    /// Builds a kustomization that no other includes.
    ///
    /// References are updated last: until then patches may use the original names of objects.
    mutating func build(_ kustomization: Kustomization) -> [BuiltObject] {
        var objects: [BuiltObject] = []
        accumulate(kustomization, &objects)
        updateReferences(among: &objects, references)
        // Local objects are sources of replacements and are not applied.
        return objects.filter {
            $0.root["metadata"]?["annotations"]?["config.kubernetes.io/local-config"]?.text ?? "false" == "false"
        }
    }

    /// Adds the objects of a kustomization and transforms them, in the order of kustomize.
    private mutating func accumulate(_ kustomization: Kustomization, _ objects: inout [BuiltObject]) {
        guard room > 0 else { return reportExcess(kustomization) }
        guard open.insert(kustomization.base).inserted else { return }
        defer { open.remove(kustomization.base) }
        room -= 1
        reportUnapplied(kustomization)
        for part in kustomization.resources {
            if let inner = kustomizations[part.path] {
                var own: [BuiltObject] = []
                accumulate(inner, &own)
                objects += own
            } else if let roots = documents[part.path] {
                let count = objects.count
                for root in roots { take(root, part.path, &objects) }
                room -= objects.count - count
            } else {
                isPartial = true
            }
        }
        generate(kustomization, &objects)
        // A component changes the objects of the kustomization that includes it.
        for part in kustomization.components {
            if let inner = kustomizations[part.path] { accumulate(inner, &objects) } else { isPartial = true }
        }
        patch(kustomization, ["patchesStrategicMerge", "patches"], &objects)
        if let namespace = kustomization.root["namespace"]?.node, namespace.text != nil {
            for index in objects.indices { objects[index].move(to: namespace) }
        }
        let (prefix, suffix) = (kustomization.root["namePrefix"]?.text, kustomization.root["nameSuffix"]?.text)
        if prefix ?? suffix != nil {
            for index in objects.indices { objects[index].rename(prefix: prefix, suffix: suffix) }
        }
        kustomization.label(&objects)
        kustomization.annotate(&objects)
        patch(kustomization, ["patchesJson6902"], &objects)
        kustomization.scale(&objects)
        kustomization.retag(&objects)
        replace(kustomization, &objects)
    }

    /// Adds an object, or each object of a list.
    private func take(_ root: Node, _ path: String, _ objects: inout [BuiltObject]) {
        guard let object = BuiltObject(root, path: path) else { return }
        if object.kind.name.hasSuffix("List"), let items = root["items"]?.items {
            for item in items { take(item, path, &objects) }
        } else {
            objects.append(object)
        }
    }

    private mutating func generate(_ kustomization: Kustomization, _ objects: inout [BuiltObject]) {
        for (list, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
            for value in kustomization.root[list]?.items ?? [] {
                let config = GeneratedConfig(value, kind, of: kustomization)
                if config.add(to: &objects, path: kustomization.path, contents) || isPartial { continue }
                mistakes.append(
                    BuildMistake(
                        kind: .kustomizePatchTargetNotFound,
                        message: "the kustomization has no \(kind) `\(value["name"]?.text ?? "")` to change",
                        place: (value["behavior"] ?? value).place, label: "`kustomize build` fails",
                        help: "set `behavior: create` to create it", notes: []))
            }
        }
    }

    private mutating func patch(
        _ kustomization: Kustomization, _ lists: [String], _ objects: inout [BuiltObject]
    ) {
        for value in lists.flatMap({ kustomization.root[$0]?.items ?? [] }) {
            guard let (source, roots) = patchText(value, in: kustomization.base) else { continue }
            let mayRename = value["options"]?["allowNameChange"]?.boolean == true
            let (patch, problem) = ObjectPatch.read(
                roots ?? [], target: value["target"], at: source.place, mayRename: mayRename)
            if let problem = roots == nil ? "it is not YAML" : problem {
                mistakes.append(
                    BuildMistake(
                        kind: .kustomizePatchFails, message: "the patch is invalid: \(problem)", place: source.place,
                        label: "`kustomize build` fails", help: nil, notes: []))
            }
            guard let patch else { continue }
            mistakes += patch.apply(to: &objects).filter { $0.kind == .kustomizePatchFails || !isPartial }
        }
    }

    /// Applies the replacements of a kustomization, inline or in files.
    private mutating func replace(_ kustomization: Kustomization, _ objects: inout [BuiltObject]) {
        for item in kustomization.root.items(of: "replacements") {
            var values = [item]
            if let path = item["path"] {
                guard item["source"] == nil, item["targets"] == nil else {
                    mistakes.append(
                        .failing(
                            "the replacement is invalid: it has a `path` as well as a `source` or `targets`",
                            at: path.place))
                    continue
                }
                let roots = documents[resolve(path.text ?? "", in: kustomization.base)] ?? []
                values = roots.flatMap { $0.items?.map { ManifestValue($0) } ?? [ManifestValue($0)] }
            }
            for value in values {
                let (replacement, problem) = Replacement.read(value)
                if let problem {
                    let place = value.entries?.first?.keyPlace ?? value.place
                    mistakes.append(.failing("the replacement is invalid: \(problem)", at: place))
                }
                let found = replacement?.apply(to: &objects) ?? []
                mistakes += found.filter { mistake in
                    !isPartial
                        || mistake.kind != .sourcelessReplacement && mistake.kind != .kustomizeReplacementMatchesNothing
                }
            }
        }
    }

    /// The documents of a patch and where it is listed; nil if its file does not exist, no documents if it is not YAML.
    private func patchText(_ value: ManifestValue, in base: String) -> (ManifestValue, [Node]?)? {
        guard let source = value.text != nil ? value : value["patch"] ?? value["path"], let text = source.text else {
            return nil
        }
        if value["patch"] == nil, !text.utf8.contains(UInt8(ascii: "\n")) {
            return documents[resolve(text, in: base)].map { (source, $0) }
        }
        return (source, source.node?.documents)
    }

    /// Reports too many objects; the result is partial from then on.
    private mutating func reportExcess(_ kustomization: Kustomization) {
        isPartial = true
        mistakes.append(
            BuildMistake(
                kind: .unapplied, message: "`\(kustomization.path)` is not applied here: there are too many objects",
                place: kustomization.root.place, label: "the result may differ", help: nil, notes: []))
    }

    /// Reports the features that are not applied here, once per kustomization.
    private mutating func reportUnapplied(_ kustomization: Kustomization) {
        let root = kustomization.root
        var names = [
            "helmCharts", "helmChartInflationGenerator", "vars", "generators", "transformers",
            "validators", "crds", "openapi",
        ].filter { root[$0].map { !$0.isEmpty && !$0.isNull } ?? false }
        for part in kustomization.root["configurations"]?.texts ?? [] {
            let entries = documents[resolve(part, in: kustomization.base)]?.flatMap { $0.entries ?? [] } ?? []
            let own = entries.filter { $0.key == "nameReference" }.flatMap { ManifestValue($0.value).items ?? [] }
            references += own.compactMap { NameReference($0) }
            if entries.contains(where: { $0.key != "nameReference" }) || entries.isEmpty {
                names.append("configurations")
            }
        }
        if ["helmCharts", "helmChartInflationGenerator", "generators"].contains(where: names.contains)
            || kustomization.isRemote
        {
            isPartial = true
        }
        if kustomization.isRemote { names.append("remote content") }
        guard let first = names.first else { return }
        let isOfHelm = names.contains { $0.hasPrefix("helm") }
        let command = "kustomize build\(isOfHelm ? " --enable-helm" : "")"
        let list = names.map { $0.contains(" ") ? $0 : "`\($0)`" }.joined(separator: ", ")
        mistakes.append(
            BuildMistake(
                kind: .unapplied,
                message: "\(list) of `\(kustomization.path)` \(names.count > 1 ? "are" : "is") not applied here",
                place: root.entries?.first { $0.key == first }?.keyPlace ?? root.place,
                label: consequence(of: first),
                help:
                    "run `\(command) \(kustomization.base.isEmpty ? "." : kustomization.base) | stowage verify -`"
                    + " to check all of it",
                notes: []))
    }
}

/// The consequence for the checks if a feature of a kustomization is not applied.
private func consequence(of name: String) -> String {
    switch name {
    case "helmCharts", "helmChartInflationGenerator": "the objects of the charts are not checked"
    case "vars": "`$(…)` is checked as it is written"
    case "generators", "remote content": "the resulting objects are not checked"
    case "transformers", "configurations": "objects are checked without its changes"
    default: "the result may differ"
    }
}
