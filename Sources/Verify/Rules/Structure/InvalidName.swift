import Groundwork

extension Rule {
    static let invalidName = Rule(
        "invalid-name", .structure,
        why:
            "a name is part of a URL path: the API server rejects a name with a slash, an uppercase letter or "
            + "an underscore",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a-1.b}
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: "system:metrics_Reader"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: 3-replicas.gpu.example.com, labels: {app: GPU_Models}}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "${CLUSTER_NAME}-models"}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {generateName: train-}
            """,
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: models.example.com}
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: mig-1g.gpu.nvidia.com}
            """,
            """
            # Other programs fill these in.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "${NAME:-a}"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "{{ .name }}"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: FILLED_BY_OPERATOR}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ↓gpu.nvidia.com/mig}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: ↓Model_A}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ↓model-}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ↓"model a"}
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: ↓models/reader}
            ---
            apiVersion: node.k8s.io/v1
            kind: RuntimeClass
            metadata: {name: ↓NVIDIA_CDI}
            """,
        ]
    ) { tree, findings in
        for object in tree.objects where !object.name.isEmpty && !hasPlaceholder(object.name) && !isStandIn(object.name)
        {
            let isFree = object.kind.group == "rbac.authorization.k8s.io"
            let isLegal = object.name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                    || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                    || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
            }
            let isRejected =
                isFree
                ? object.name.mentions("/") || object.name.mentions("%")
                : !isLegal || object.name.hasPrefix("-") || object.name.hasSuffix("-")
            guard isRejected || Double(object.name.utf8.count) > Thresholds.longestName.value else { continue }
            findings.add(
                "\(object.words) has a name that is not valid for kind \(object.kind.name)", at: object.place,
                label: "must consist of lowercase letters, digits, `-` and `.`")
        }
    }
}
