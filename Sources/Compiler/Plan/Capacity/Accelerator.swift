/// What one replica's rank computes on: a whole GPU, or the share of one that the spec asks for.
package struct Accelerator: Sendable {
    package let gpu: GPU
    /// Memory that the rank may use, GiB.
    package let memory: Double
    /// Share of the GPU's arithmetic, 0 to 1.
    package let compute: Double
    /// Share of the GPU's memory bandwidth, 0 to 1.
    package let bandwidth: Double
    /// How many such ranks one GPU carries.
    package let perGPU: Int

    /// A whole GPU.
    package init(whole gpu: GPU) {
        self.init(gpu: gpu, memory: gpu.memoryGiB, compute: 1, bandwidth: 1, perGPU: 1)
    }

    /// A MIG instance: its compute slices of seven (or four), and its memory slices.
    package init(_ gpu: GPU, profile: MIGProfile) {
        self.init(
            gpu: gpu, memory: Double(profile.usableMiB) / 1024,
            compute: Double(profile.computeSlices) / Double(max(1, gpu.computeSlices)),
            bandwidth: Double(profile.memorySlices) / Double(max(1, gpu.memorySlices)), perGPU: profile.mostPerGPU)
    }

    /// One of several ranks that share a GPU's time and memory, of which some is lost to the sharing.
    package init(_ gpu: GPU, sharers: Int, losing overhead: Threshold) {
        self = Accelerator(whole: gpu).divided(among: sharers, losing: overhead)
    }

    /// One of several ranks that share this one, of whose speed some is lost to the sharing.
    func divided(among sharers: Int, losing overhead: Threshold) -> Accelerator {
        let part = (1 - overhead.value) / Double(sharers)
        return Accelerator(
            gpu: gpu, memory: memory / Double(sharers), compute: compute * part, bandwidth: bandwidth * part,
            perGPU: perGPU * sharers)
    }

    private init(gpu: GPU, memory: Double, compute: Double, bandwidth: Double, perGPU: Int) {
        self.gpu = gpu
        self.memory = memory
        self.compute = compute
        self.bandwidth = bandwidth
        self.perGPU = perGPU
    }
}
