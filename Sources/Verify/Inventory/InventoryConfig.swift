import Groundwork

extension Inventory {
    /// A ConfigMap that a pod uses, and the keys that it refers to.
    struct ConfigUse: Sendable {
        let name: ManifestValue
        let keys: [ManifestValue]
        let isOptional: Bool

        /// Reads a volume, source or environment entry; nil if it refers to no ConfigMap.
        init?(_ value: ManifestValue?) {
            guard let value, let name = value["name"] else { return nil }
            self.name = name
            keys = value["key"].map { [$0] } ?? value["items"]?.items?.compactMap { $0["key"] } ?? []
            // Kubernetes creates this one in every namespace.
            isOptional = value["optional"]?.boolean == true || name.text == "kube-root-ca.crt"
        }
    }
}

extension Inventory.Pod {
    /// The ConfigMaps that its volumes and containers use.
    var configUses: [Inventory.ConfigUse] {
        let volumes = spec.items(of: "volumes")
        let projected = volumes.flatMap { $0["projected"]?["sources"]?.items ?? [] }
        var uses = (volumes + projected).compactMap { Inventory.ConfigUse($0["configMap"]) }
        for container in containers {
            for variable in container.value.items(of: "env") {
                if let use = Inventory.ConfigUse(variable["valueFrom"]?["configMapKeyRef"]) { uses.append(use) }
            }
            for source in container.value.items(of: "envFrom") {
                if let use = Inventory.ConfigUse(source["configMapRef"]) { uses.append(use) }
            }
        }
        return uses
    }
}
