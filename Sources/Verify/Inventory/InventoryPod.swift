import Diagnostics
import Groundwork

extension Inventory {
    /// The parts of a pod's spec that several rules need.
    struct Pod: Sendable {
        let spec: ManifestValue
        /// The init containers, then the others.
        let containers: [Container]
        let tolerations: [Toleration]
        let nodes: NodeSelection
        let claims: [PodClaim]
        /// The keys of taints that EKS lets it tolerate because it requests the resource of that name.
        let implied: Set<String>

        init(_ spec: ManifestValue, impliesTolerations: Bool = false) {
            self.spec = spec
            // KServe adds the container of a runtime for a model.
            let values =
                spec.items(of: "initContainers", "containers")
                + [spec["model"]].compactMap { $0?.kind == .mapping ? $0 : nil }
            containers = values.map { Container($0) }
            tolerations = spec["tolerations"]?.items?.map { Toleration($0) } ?? []
            nodes = NodeSelection(spec)
            claims = spec["resourceClaims"]?.items?.map { PodClaim($0) } ?? []
            implied = impliesTolerations ? Set(containers.flatMap { $0.gpus.map(\.resource) }) : []
        }

        /// What the containers together request of NVIDIA's extended resources.
        var gpus: [DeviceRequest] {
            var sums: [DeviceRequest] = []
            for request in containers.flatMap(\.gpus) {
                if let index = sums.firstIndex(where: { $0.resource == request.resource }) {
                    sums[index].count += request.count
                } else {
                    sums.append(request)
                }
            }
            return sums
        }
    }

    /// A container of a pod.
    ///
    /// A class, because rules pass it on far more often than they read it.
    final class Container: Sendable {
        let value: ManifestValue
        let name: String
        /// The words of its command and arguments.
        let words: [ManifestValue]
        /// The same, with the words of shell scripts one by one.
        let arguments: [Option]
        /// Whether it serves a model with vLLM.
        let isServer: Bool
        let ports: [Port]
        /// What it requests of NVIDIA's extended resources.
        let gpus: [DeviceRequest]

        /// A port, by name or number.
        struct Port: Sendable {
            let name: String?
            let number: Int?
        }

        init(_ value: ManifestValue) {
            self.value = value
            name = value["name"]?.text ?? ""
            words = value.items(of: "command", "args")
            let command = ContainerCommand(value)
            arguments = command.words
            isServer =
                command.startsServer || value["modelFormat"]?["name"]?.text.map(isServedByVLLM) == true
                || !command.startsOther && (name == "vllm" || value["image"]?.text.map(isVLLMImage) ?? false)
            ports =
                value["ports"]?.items?.map { Port(name: $0["name"]?.text, number: $0["containerPort"]?.integer) } ?? []
            let resources = value["resources"]
            // The limit of an extended resource is its request.
            gpus =
                (resources?["limits"] ?? resources?["requests"])?.entries?.compactMap { entry in
                    guard entry.key.hasPrefix("nvidia.com/"), let count = entry.value.count else { return nil }
                    return DeviceRequest(resource: entry.key, count: count, place: entry.keyPlace)
                } ?? []
        }

        /// Tells whether a port is one of its own, by name or number.
        func has(_ port: ManifestValue) -> Bool {
            if let number = port.integer { return ports.contains { $0.number == number } }
            return ports.contains { $0.name == port.text }
        }
    }

    /// A count of an extended resource.
    struct DeviceRequest: Sendable {
        let resource: String
        var count: Int
        let place: SourceRange
    }

    /// A claim in a pod's spec, under a name of the pod.
    struct PodClaim: Sendable {
        let name: String
        /// The ResourceClaimTemplate's name.
        let template: ManifestValue?
        /// The ResourceClaim's name.
        let claim: ManifestValue?
        let place: SourceRange

        init(_ value: ManifestValue) {
            name = value["name"]?.text ?? ""
            // Before Kubernetes 1.31, both were in `source`.
            template = value["resourceClaimTemplateName"] ?? value["source"]?["resourceClaimTemplateName"]
            claim = value["resourceClaimName"] ?? value["source"]?["resourceClaimName"]
            place = (value["name"] ?? value).place
        }
    }
}
