import Groundwork

let daemonFacts = FactTable<DaemonSize>(
    "daemon", "what a daemon of ours asks of every node that it runs on",
    [
        .fact("cpu", "the CPU that it requests, for example `50m`") { .text($0.cpu, "m") },
        .fact("memory", "the memory that it requests, for example `64Mi`") { .text($0.memory, "Mi") },
        .fact("memoryLimit", "the memory at which it is stopped") { .text($0.memoryLimit, "Mi") },
    ])
