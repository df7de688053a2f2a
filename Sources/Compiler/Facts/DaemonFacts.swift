import Groundwork

let daemonFacts = FactTable<DaemonSize>(
    "daemon", "the resources of a generated DaemonSet on each node",
    [
        .fact("cpu", "the CPU request, for example `50m`") { .text($0.cpu, "m") },
        .fact("memory", "the memory request, for example `64Mi`") { .text($0.memory, "Mi") },
        .fact("memoryLimit", "the memory limit") { .text($0.memoryLimit, "Mi") },
    ])
