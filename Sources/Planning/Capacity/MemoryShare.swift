import Groundwork

/// The share of GPU memory that vLLM uses: its default by version, less if several share a GPU.
func memoryShareOfGPU(_ model: ModelSpec) -> Traced<Double> {
    let own =
        model.serving.gpuMemoryUtilization
        ?? .parameter(Thresholds.memoryShare(of: model.serving.version.value))
    guard model.gpu.share.value.sharers > 1 else { return own }
    let sharers = model.gpu.share.map(\.sharers).named("replicas sharing it", "replicas")
    let share = Reasoned.minimum(own.named("GPU memory share", "ratio"), Thresholds.sharedMemoryShare.reasoned)
    // The share per replica is an argument of two decimals: the truncated rest is not planned with.
    return Traced<Double>((share / sharers * 100).roundedDown * sharers / 100)
}
