/// What lies in the memory of a replica's GPUs, with the reasons.
struct MemoryFigures {
    let tensorParallel: Traced<Int>
    /// Weights on each GPU, GiB.
    let weightsPerGPU: Traced<Double>
    /// Room for KV cache in one replica, GiB.
    let kvBudget: Traced<Double>

    init(_ demand: Demand, _ shape: Shape) {
        let workload = demand.workload
        let fit = shape.capability.fit
        let memory = Traced(rounded(shape.accelerator.memory, decimals: 2), .catalog(shape.accelerator.gpu.reference))
        tensorParallel =
            demand.model.gpu.tensorParallel
            ?? derive(
                "the least GPUs on which weights, one whole context and the latency targets fit, at the least cost",
                ("GPUs per node", Traced(shape.type.gpuCount, .catalog(shape.type.reference))),
                ("GPU memory, GiB", memory)
            ) { _, _ in shape.tensorParallel }
        let parameters = Traced(workload.architecture.parameters, workload.architectureOrigin)
        weightsPerGPU = derive(
            "parameters × bytes per weight ÷ tensor parallel", ("parameters", parameters), ("format", workload.dtype),
            ("tensor parallel", tensorParallel)
        ) { _, _, _ in rounded(fit.weightsPerGPU, decimals: 2) }
        kvBudget = derive(
            "KV shards × (memory share × GPU memory − weights × overhead − runtime memory − activation share × weights)",
            ("memory share", workload.memoryShare), ("GPU memory, GiB", memory),
            ("weights per GPU, GiB", weightsPerGPU), ("overhead", .threshold(Thresholds.weightsOverhead)),
            ("runtime memory, GiB", .threshold(Thresholds.runtimeMemory)),
            ("activation share", .threshold(Thresholds.activationShare))
        ) { _, _, _, _, _, _ in rounded(fit.kvBudget, decimals: 2) }
    }
}
