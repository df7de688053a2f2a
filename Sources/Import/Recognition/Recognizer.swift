import Diagnostics
import Groundwork

/// What a user adds to an input that does not say everything.
package struct ImportOptions: Sendable {
    package var name: String?
    package var cluster: String?
    package var region: String?
    package var kubernetes: Version?
    package var karpenter: Version?
    package var keda: Version?
    package var repository: String?
    /// Whether workloads stay existing ones, which the spec names and does not generate.
    package var keepsWorkloads = false
    /// The catalog's name of what a model serves, by the model's name.
    package var sources: [String: String] = [:]

    package init() {}
}

/// Writes the spec of a tree, as far as a spec can say what is in it.
struct Recognizer {
    let tree: ImportedTree
    let options: ImportOptions
    let found: FoundModels
    /// The fields that defaults do not give as the input has them: the model's name, a slash, and the field.
    let needed: Set<String>
    private(set) var report = Report()

    init(_ tree: ImportedTree, _ options: ImportOptions, needed: Set<String>) {
        self.tree = tree
        self.options = options
        self.needed = needed
        found = findModels(tree)
    }

    /// The NodePools, node classes and workloads of Stowage's own.
    var ownObjects: [ImportedObject] {
        tree.objects.filter(\.isOwn)
    }

    /// The objects of some kinds: Stowage's own, if there are any; a cluster has more of them than those of its models.
    func preferred(_ kinds: String...) -> [ImportedObject] {
        let all = tree.objects.filter { kinds.contains($0.kind) }
        let own = all.filter(\.isOwn)
        return own.isEmpty ? all : own
    }

    /// The NodePools and node groups: Stowage's own, else those that the models use, else all unless Stowage generated what is there.
    var relevantPools: [FoundPool] {
        let all = pools(of: tree)
        let own = all.filter { $0.object.isOwn || $0.isOurs }
        let used = found.models.flatMap(\.pools)
        if !own.isEmpty { return own }
        return used.isEmpty && ownObjects.isEmpty ? all : used
    }

    /// The node classes, in the same order of preference.
    var nodeClasses: [ImportedObject] {
        let all = tree.all("EC2NodeClass")
        let own = all.filter(\.isOwn)
        if !own.isEmpty { return own }
        let names = Set(
            relevantPools.compactMap { $0.object.spec?.at("template", "spec", "nodeClassRef", "name")?.text })
        let used = all.filter { names.contains($0.name) }
        return used.isEmpty && ownObjects.isEmpty ? all : used
    }

    /// Writes the spec, without patches.
    mutating func spec() -> SpecValue {
        for workload in found.unknown {
            warning(
                "workload-not-recognized", "\(workload.key.words) requests GPUs and is not recognized as vLLM",
                at: workload.root.at("metadata", "name"), label: "not imported",
                notes: ["Stowage plans models that vLLM serves; this object stays as it is"], help: [])
        }
        let models = ordered(found.models).map { model($0) }
        let platform = platform()
        let delivery = delivery()
        return .mapping([
            ("apiVersion", .plain("stowage.dev/v1alpha1")), ("kind", .plain("GPUCluster")),
            ("metadata", .mapping([("name", clusterName)])),
            (
                "spec",
                .mapping([
                    ("platform", platform), ("gitops", delivery), ("budget", budget()),
                    ("reservations", reservations()), ("businessHours", businessHours()), ("models", .list(models)),
                ])
            ),
        ])
    }

    /// The models in the order in which the alerts of the platform name them, if they do.
    private func ordered(_ models: [FoundModel]) -> [FoundModel] {
        let pending = rules(of: tree).first { $0["alert"]?.text == "ModelPodsPending" }?["expr"]?.text ?? ""
        let words = pending.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
        func position(_ model: FoundModel) -> Int {
            words.firstIndex { $0 == model.name || $0 == "\(model.name)-" } ?? words.count
        }
        return models.enumerated().sorted { left, right in
            (position(left.element), left.offset) < (position(right.element), right.offset)
        }.map(\.element)
    }

    /// Reports what the input lacks, or what is not imported.
    mutating func warning(
        _ code: String, _ message: String, at value: ManifestValue?, label: String, notes: [String] = [],
        help: [String]
    ) {
        let place = value.flatMap { $0.isOnSecretLine ? nil : $0.place }
        report.warning(
            code, message, at: place, label: label, notes: notes.map { .init($0) }, help: help.map { Help($0) })
    }
}
