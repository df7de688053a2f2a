/// The resource requests and limit of a DaemonSet of ours.
package struct DaemonSize: Sendable {
    package let cpu: Parameter
    package let memory: Parameter
    package let memoryLimit: Parameter

    private init(
        _ name: String, milliCPU: Double, memory least: Double, limit: Double, because reason: String, source: String
    ) {
        cpu = Parameter("\(name) CPU", milliCPU, "millicores", because: reason, source: source)
        memory = Parameter("\(name) memory", least, "MiB", because: reason, source: source)
        memoryLimit = Parameter("\(name) memory limit", limit, "MiB", because: reason, source: source)
    }

    package static let devicePlugin = DaemonSize(
        "device plugin", milliCPU: 50, memory: 100, limit: 300,
        because: "it lists the GPUs and answers the kubelet occasionally", source: Parameter.choice)
    package static let exporter = DaemonSize(
        "exporter", milliCPU: 100, memory: 128, limit: 512,
        because: "it runs the host engine of DCGM and reads all GPUs once per scrape", source: Parameter.choice)
    package static let migManager = DaemonSize(
        "MIG manager", milliCPU: 20, memory: 64, limit: 256, because: "it waits for a label to change",
        source: Parameter.choice)
    package static let mpsPreparation = DaemonSize(
        "MPS preparation", milliCPU: 10, memory: 32, limit: 64, because: "it mounts a directory and exits",
        source: Parameter.choice)
    package static let mpsDaemon = DaemonSize(
        "MPS daemon", milliCPU: 20, memory: 64, limit: 256,
        because: "it only connects its clients, which do the compute",
        source: Parameter.choice)
}
