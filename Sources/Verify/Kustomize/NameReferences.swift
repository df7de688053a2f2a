import Groundwork
import YAML

/// Fields that hold the name of an object of a kind.
struct NameReference: Sendable {
    let target: String
    /// The target's API group; nil for any.
    let group: String?
    let fields: [KustomizedField]

    init(_ target: String, group: String? = nil, _ fields: [KustomizedField]) {
        self.target = target
        self.group = group
        self.fields = fields
    }

    /// Reads one from the `configurations` of a kustomization.
    init?(_ value: ManifestValue) {
        guard let kind = value["kind"]?.text else { return nil }
        self.init(
            kind, group: value["group"]?.text, value.items(of: "fieldSpecs").compactMap { KustomizedField($0) })
    }
}

extension NameReference {
    /// `api/internal/konfig/builtinpluginconsts/namereference.go` of kustomize 5.5: none of KEDA, Karpenter or DRA.
    static let builtIn: [NameReference] =
        [
            NameReference(
                "ConfigMap",
                pods("volumes/configMap/name", "volumes/projected/sources/configMap/name")
                    + pods(ofContainers: "env/valueFrom/configMapKeyRef/name", "envFrom/configMapRef/name")
                    + [KustomizedField("rules/resourceNames", ["Role", "ClusterRole"])]),
            NameReference(
                "Secret",
                pods("volumes/secret/secretName", "volumes/projected/sources/secret/name", "imagePullSecrets/name")
                    + pods(ofContainers: "env/valueFrom/secretKeyRef/name", "envFrom/secretRef/name")
                    + [
                        KustomizedField("spec/tls/secretName", ["Ingress"]),
                        KustomizedField("imagePullSecrets/name", ["ServiceAccount"]),
                        KustomizedField("rules/resourceNames", ["Role", "ClusterRole"]),
                    ]),
            NameReference(
                "Service", group: "",
                [
                    KustomizedField("spec/serviceName", ["StatefulSet"], group: "apps"),
                    KustomizedField("spec/rules/http/paths/backend/service/name", ["Ingress"]),
                    KustomizedField("spec/defaultBackend/service/name", ["Ingress"]),
                    KustomizedField("spec/service/name", ["APIService"]),
                    KustomizedField(
                        "webhooks/clientConfig/service",
                        ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"]),
                ]),
            NameReference("Role", [KustomizedField("roleRef/name", ["RoleBinding"])]),
            NameReference("ClusterRole", [KustomizedField("roleRef/name", ["RoleBinding", "ClusterRoleBinding"])]),
            NameReference(
                "ServiceAccount",
                [KustomizedField("subjects", ["RoleBinding", "ClusterRoleBinding"])]
                    + pods("serviceAccountName")),
            NameReference("PersistentVolumeClaim", pods("volumes/persistentVolumeClaim/claimName")),
            NameReference("PersistentVolume", [KustomizedField("spec/volumeName", ["PersistentVolumeClaim"])]),
            NameReference(
                "StorageClass",
                [
                    KustomizedField("spec/storageClassName", ["PersistentVolume", "PersistentVolumeClaim"]),
                    KustomizedField("spec/volumeClaimTemplates/spec/storageClassName", ["StatefulSet"]),
                ]),
            NameReference("PriorityClass", pods("priorityClassName")),
            NameReference("IngressClass", [KustomizedField("spec/ingressClassName", ["Ingress"])]),
        ]
        + ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map {
            NameReference($0, [KustomizedField("spec/scaleTargetRef/name", ["HorizontalPodAutoscaler"])])
        }

    /// Paths below the pods of every kind.
    private static func pods(_ paths: String...) -> [KustomizedField] { pods(paths) }

    /// Paths below the containers of every kind.
    private static func pods(ofContainers paths: String...) -> [KustomizedField] {
        pods(["containers/", "initContainers/"].flatMap { list in paths.map { list + $0 } })
    }

    private static func pods(_ paths: [String]) -> [KustomizedField] {
        let kinds: Set = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"]
        return paths.flatMap { path in
            [
                KustomizedField("spec/\(path)", ["Pod"]), KustomizedField("template/spec/\(path)", ["PodTemplate"]),
                KustomizedField("spec/template/spec/\(path)", kinds),
                KustomizedField("spec/jobTemplate/spec/template/spec/\(path)", ["CronJob"]),
            ]
        }
    }
}
