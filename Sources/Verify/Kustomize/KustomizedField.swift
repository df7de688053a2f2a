import Diagnostics
import Groundwork
import YAML

/// A field of some kinds of objects, which a step of kustomize reads or writes.
struct KustomizedField: Sendable {
    let path: [String]
    /// The kinds; empty for all.
    let kinds: Set<String>
    /// The API group; nil for any.
    let group: String?
    /// Whether it is created if it is missing.
    let isCreated: Bool

    init(_ path: String, _ kinds: Set<String> = [], group: String? = nil, isCreated: Bool = false) {
        self.path = path.split(separator: "/").map(String.init)
        self.kinds = kinds
        self.group = group
        self.isCreated = isCreated
    }

    /// Reads a field specification of a kustomization.
    init?(_ value: ManifestValue) {
        guard let path = value["path"]?.text else { return nil }
        self.init(
            path, (value["kind"]?.text).map { [$0] } ?? [], group: value["group"]?.text,
            isCreated: value["create"]?.boolean ?? false)
    }

    /// Tells whether objects of a kind have it.
    func isOf(_ kind: ObjectKind) -> Bool {
        (kinds.isEmpty || kinds.contains(kind.name)) && (group == nil || group == kind.group)
    }
}

extension BuiltObject {
    /// Rewrites a field wherever the object has it, or creates it with a place.
    mutating func edit(_ field: KustomizedField, at place: SourceRange, _ body: (Node?) -> Node?) {
        guard field.isOf(kind) else { return }
        replace(root.editing(field.path[...], creatingAt: field.isCreated ? place : nil, body))
    }
}

/// The fields for labels and annotations: `api/internal/konfig/builtinpluginconsts` of kustomize 5.5.
enum KustomizedFields {
    static let metadataLabels = [KustomizedField("metadata/labels", isCreated: true)]

    static let templateLabels =
        metadataLabels + [
            KustomizedField("spec/template/metadata/labels", templated, isCreated: true),
            KustomizedField("spec/template/metadata/labels", ["StatefulSet"], group: "apps", isCreated: true),
            KustomizedField("spec/template/metadata/labels", ["Job"], group: "batch", isCreated: true),
            KustomizedField("spec/jobTemplate/metadata/labels", ["CronJob"], group: "batch", isCreated: true),
            KustomizedField(
                "spec/jobTemplate/spec/template/metadata/labels", ["CronJob"], group: "batch", isCreated: true),
        ]

    static let commonLabels =
        [
            KustomizedField("spec/selector", ["Service", "ReplicationController"], isCreated: true),
            KustomizedField(
                "spec/selector/matchLabels", ["Deployment", "ReplicaSet", "DaemonSet"], isCreated: true),
            KustomizedField("spec/selector/matchLabels", ["StatefulSet"], group: "apps", isCreated: true),
            KustomizedField("spec/selector/matchLabels", ["Job"], group: "batch"),
            KustomizedField("spec/jobTemplate/spec/selector/matchLabels", ["CronJob"], group: "batch"),
            KustomizedField("spec/selector/matchLabels", ["PodDisruptionBudget"], group: "policy"),
            KustomizedField("spec/podSelector/matchLabels", ["NetworkPolicy"], group: "networking.k8s.io"),
            KustomizedField("spec/ingress/from/podSelector/matchLabels", ["NetworkPolicy"], group: "networking.k8s.io"),
            KustomizedField("spec/egress/to/podSelector/matchLabels", ["NetworkPolicy"], group: "networking.k8s.io"),
            KustomizedField(
                "spec/volumeClaimTemplates[]/metadata/labels", ["StatefulSet"], group: "apps", isCreated: true),
        ] + termsOfPods + templateLabels

    static let commonAnnotations = [
        KustomizedField("metadata/annotations", isCreated: true),
        KustomizedField("spec/template/metadata/annotations", templated.union(["StatefulSet"]), isCreated: true),
        KustomizedField("spec/template/metadata/annotations", ["Job"], group: "batch", isCreated: true),
        KustomizedField("spec/jobTemplate/metadata/annotations", ["CronJob"], group: "batch", isCreated: true),
        KustomizedField(
            "spec/jobTemplate/spec/template/metadata/annotations", ["CronJob"], group: "batch", isCreated: true),
    ]

    static let replicas = KustomizedField(
        "spec/replicas", ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"], isCreated: true)

    private static let templated: Set = ["Deployment", "ReplicaSet", "DaemonSet", "ReplicationController"]

    /// The selectors of affinities and topology spread constraints.
    private static let termsOfPods: [KustomizedField] = {
        let terms = ["podAffinity", "podAntiAffinity"].flatMap { affinity in
            [
                "affinity/\(affinity)/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
                "affinity/\(affinity)/requiredDuringSchedulingIgnoredDuringExecution",
            ]
        }
        return (terms + ["topologySpreadConstraints"]).map { term in
            KustomizedField(
                "spec/template/spec/\(term)/labelSelector/matchLabels", ["Deployment", "StatefulSet"], group: "apps")
        }
    }()
}
