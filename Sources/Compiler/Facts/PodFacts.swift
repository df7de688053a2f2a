import Groundwork
import Planning

let environmentFacts = FactTable<EnvironmentVariable>(
    "variable", "an environment variable",
    [
        .fact("name", "its name") { $0.name },
        .maybe("value", "its value") { $0.value },
        .maybe("secret", "the Secret that holds its value") { $0.secret },
        .maybe("configMap", "the ConfigMap that holds its value") { $0.configMap },
        .maybe("key", "the key of that Secret or ConfigMap") { $0.key },
    ])

let environmentSourceFacts = FactTable<EnvironmentSource>(
    "environmentSource", "a Secret or ConfigMap whose keys are environment variables",
    [
        .maybe("secret", "the Secret") { $0.secret },
        .maybe("configMap", "the ConfigMap") { $0.configMap },
        .maybe("prefix", "what the names of the variables start with") { $0.prefix },
    ])

let mountFacts = FactTable<MountedVolume>(
    "mount", "a volume that the spec mounts",
    [
        .fact("name", "its name") { $0.name },
        .maybe("secret", "the Secret") { $0.secret },
        .maybe("configMap", "the ConfigMap") { $0.configMap },
        .maybe("claim", "the PersistentVolumeClaim") { $0.claim },
        .fact("mountPath", "where it is mounted") { $0.mountPath },
        .maybe("subPath", "the one key or folder that is mounted") { $0.subPath },
        .fact("readOnly", "whether it is mounted read-only") { $0.readOnly },
    ])

let tolerationFacts = FactTable<Toleration>(
    "toleration", "a taint that the spec tolerates",
    [
        .fact("key", "the key of the taint") { $0.key },
        .fact("operator", "Equal or Exists") { $0.operator },
        .maybe("value", "the value of the taint") { $0.value },
        .maybe("effect", "the effect of the taint") { $0.effect },
    ])
