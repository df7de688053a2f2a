let daemonFacts = FactTable<DaemonSize>(
    "daemon", "what a daemon of ours asks of every node that it runs on",
    [
        .fact("cpu", "the CPU that it requests, for example `50m`") { size in
            Traced<Double>.threshold(size.cpu).map { "\(Int($0))m" }
        },
        .fact("memory", "the memory that it requests, for example `64Mi`") { size in
            Traced<Double>.threshold(size.memory).map { "\(Int($0))Mi" }
        },
        .fact("memoryLimit", "the memory at which it is stopped") { size in
            Traced<Double>.threshold(size.memoryLimit).map { "\(Int($0))Mi" }
        },
    ])
