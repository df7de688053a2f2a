import Diagnostics
import Groundwork

/// What a model's pods have besides what Stowage sets: variables, volumes, requests, and where they may be scheduled.
package struct PodSpec: Sendable {
    package let environment: [(key: Traced<String>, value: Traced<EnvironmentValue>)]
    package let environmentFrom: [EnvironmentSource]
    package let volumes: [MountedVolume]
    package internal(set) var resources: ResourcesSpec
    package let tolerations: [Toleration]
    package let podAffinity: Traced<RawMapping>?
    package let podAntiAffinity: Traced<RawMapping>?
}

extension PodSpec {
    init(_ fields: inout FieldReader) {
        environment = fields.table(
            "env", .variable, .environmentValue,
            "environment variables: a string, or a key of a Secret or ConfigMap; default: those of Stowage alone")
        environmentFrom = fields.nouns(
            "envFrom", EnvironmentSource.init(_:),
            "Secrets and ConfigMaps all of whose keys are environment variables; default: none")
        volumes = fields.nouns(
            "volumes", MountedVolume.init(_:),
            "Secrets, ConfigMaps and PersistentVolumeClaims that are mounted; default: none")
        resources = fields.always("resources", ResourcesSpec.init(_:), "CPU and memory that a replica requests")
        tolerations = fields.nouns(
            "tolerations", Toleration.init(_:),
            "taints that its pods tolerate besides those of its pools; default: none")
        (podAffinity, podAntiAffinity) = fields.always(
            "affinity",
            { affinity in
                (
                    affinity.optional(
                        "podAffinity", .rawMapping.example("{requiredDuringSchedulingIgnoredDuringExecution: []}"),
                        "as in a pod; default: none"),
                    affinity.optional(
                        "podAntiAffinity", .rawMapping.example("{requiredDuringSchedulingIgnoredDuringExecution: []}"),
                        "as in a pod; default: none")
                )
            }, "pods that its pods are scheduled next to, or away from")
    }
}

/// CPU and memory that a replica requests; nil means by the number of its GPUs.
package struct ResourcesSpec: Sendable {
    package internal(set) var cpu: Traced<ResourceAmount>?
    package internal(set) var memory: Traced<ResourceAmount>?

    /// The most of each that any of several models requests.
    package static func most(of models: [ModelSpec]) -> ResourcesSpec {
        let all = models.map(\.serving.pod.resources)
        func most(_ part: (ResourcesSpec) -> Traced<ResourceAmount>?) -> Traced<ResourceAmount>? {
            all.compactMap(part).max { $0.value.value < $1.value.value }
        }
        return ResourcesSpec(cpu: most(\.cpu), memory: most(\.memory))
    }
}

extension ResourcesSpec {
    init(_ fields: inout FieldReader) {
        cpu = fields.optional("cpu", .cores, "CPU request; default: by the number of its GPUs")
        memory = fields.optional("memory", .size("64Gi"), "memory request; default: by the number of its GPUs")
    }
}

/// A Secret or ConfigMap whose keys are environment variables.
package struct EnvironmentSource: Sendable {
    package let secret: Traced<String>?
    package let configMap: Traced<String>?
    package let prefix: Traced<String>?
    package let range: SourceRange
}

extension EnvironmentSource {
    init(_ fields: inout FieldReader) {
        range = fields.range
        secret = fields.optional("secret", .objectName.example("proxy-credentials"), "name of a Secret; default: none")
        configMap = fields.optional(
            "configMap", .objectName.example("proxy"), "name of a ConfigMap, instead of a Secret; default: none")
        prefix = fields.optional("prefix", .variable, "what the names of the variables start with; default: nothing")
    }
}

/// A volume that is mounted into the serving container.
package struct MountedVolume: Sendable {
    package let name: Traced<String>
    package let secret: Traced<String>?
    package let configMap: Traced<String>?
    package let claim: Traced<String>?
    package let mountPath: Traced<String>
    package let subPath: Traced<String>?
    package let readOnly: Traced<Bool>
    package let range: SourceRange
}

extension MountedVolume {
    init(_ fields: inout FieldReader) {
        range = fields.range
        name = fields.required("name", .name(atMost: 63, because: "limit of Kubernetes for volumes"), "its name")
        secret = fields.optional("secret", .objectName.example("tls"), "name of a Secret; default: none")
        configMap = fields.optional(
            "configMap", .objectName.example("company-ca"), "name of a ConfigMap; default: none")
        claim = fields.optional(
            "claim", .objectName.example("adapters"), "name of a PersistentVolumeClaim; default: none")
        mountPath = fields.required(
            "mountPath", .absolutePath, "folder of the container, or file if `subPath` is set")
        subPath = fields.optional("subPath", .anyText.example("ca.crt"), "one key or folder of it; default: all of it")
        readOnly = fields.optional(
            "readOnly", .boolean, "whether it is mounted read-only", default: true,
            because: "replicas share it, and none of them should change it for the others")
    }
}

/// A toleration of a pod.
package struct Toleration: Sendable {
    package let key: Traced<String>
    package let value: Traced<String>?
    package let effect: Traced<TaintEffect>?
    package let range: SourceRange

    /// `Equal` with a value, else `Exists`.
    package var `operator`: Traced<String> {
        value.map { Traced("Equal", because: "it has a value", Ingredient("value", $0)) }
            ?? Traced("Exists", .convention("it has no value"))
    }
}

extension Toleration {
    init(_ fields: inout FieldReader) {
        range = fields.range
        key = fields.required("key", .nodeLabelKey, "key of the taint")
        value = fields.optional("value", .labelValue, "its value; default: any")
        effect = fields.optional("effect", .word, "its effect; default: any")
    }
}
