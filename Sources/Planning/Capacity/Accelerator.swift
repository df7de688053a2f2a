import Groundwork

/// What one rank of a replica computes on: a whole GPU, or the share of one that the spec sets.
package struct Accelerator: Sendable {
    /// A GPU or MIG instance that several ranks share by time-slicing or MPS.
    private struct Sharing {
        let sharers: Traced<Int>
        /// The part of the speed that is lost to sharing.
        let overhead: Parameter
    }

    package let gpu: GPU
    /// The profile of the MIG instance; nil for the whole GPU.
    private let profile: MIGProfile?
    private let sharing: Sharing?

    /// A whole GPU.
    package init(whole gpu: GPU) { self.init(gpu, nil, nil) }

    /// A MIG instance: its compute slices of seven (or four), and its memory slices.
    package init(_ gpu: GPU, profile: MIGProfile) { self.init(gpu, profile, nil) }

    /// One of several ranks that share a GPU's time and memory, with some overhead.
    package init(_ gpu: GPU, sharers: Traced<Int>, losing overhead: Parameter) {
        self.init(gpu, nil, Sharing(sharers: sharers, overhead: overhead))
    }

    private init(_ gpu: GPU, _ profile: MIGProfile?, _ sharing: Sharing?) {
        self.gpu = gpu
        self.profile = profile
        self.sharing = sharing
    }

    /// One of several ranks that share this one, with some overhead.
    func divided(among sharers: Traced<Int>, losing overhead: Parameter) -> Accelerator {
        Accelerator(gpu, profile, Sharing(sharers: sharers, overhead: overhead))
    }

    /// How many such ranks fit on one GPU.
    package var perGPU: Int { (profile?.mostPerGPU ?? 1) * (sharing?.sharers.value ?? 1) }

    /// The part of the speed that is lost to sharing; nil if nothing is shared.
    var overhead: Parameter? { sharing?.overhead }

    /// Whether a rank has all of the GPU.
    var isWhole: Bool { profile == nil && sharing == nil }

    /// Whether vLLM's largest memory share leaves enough memory outside of it.
    var holdsLargestShare: Bool {
        isWhole && memory * (1 - Thresholds.largestMemoryShare.value) >= Thresholds.memoryBesideShare.value
    }

    /// Whether vLLM's defaults for large GPUs apply: to a whole GPU of 70 GiB or more other than an A100.
    var isLarge: Bool {
        isWhole && Double(gpu.memoryMiB) / 1024 >= Thresholds.largeGPU.value
            && gpu.id.prefix { $0 != "-" } != "a100"
    }

    /// Memory that the rank may use, GiB.
    package var memory: Double { memory() }

    /// Memory of the GPU or MIG instance, MiB.
    func usableMemory<N: Arithmetic>(_: N.Type = N.self) -> N {
        profile.map { .given("usable memory of the MIG instance", Double($0.usableMiB), "MiB", .catalog($0.reference)) }
            ?? .given("usable memory of the GPU", Double(gpu.usableMiB), "MiB", .catalog(gpu.reference))
    }

    /// Memory that the rank may use, GiB.
    func memory<N: Arithmetic>(_: N.Type = N.self) -> N {
        let all = usableMemory(N.self) / .mebibytesPerGiB
        guard let sharing else { return all.named("GPU memory", "GiB") }
        return (all / .given("replicas sharing it", sharing.sharers, "replicas")).named("GPU memory per replica", "GiB")
    }

    /// Share of the GPU's compute, 0 to 1; nil if the rank has all of it.
    func computeShare<N: Arithmetic>(_: N.Type = N.self) -> N? {
        shared(
            profile.map { slices($0.computeSlices, of: gpu.computeSlices, "compute slices", $0) },
            "share of the GPU's compute")
    }

    /// Share of the GPU's memory bandwidth, 0 to 1; nil if the rank has all of it.
    func bandwidthShare<N: Arithmetic>(_: N.Type = N.self) -> N? {
        shared(
            profile.map { slices($0.memorySlices, of: gpu.memorySlices, "memory slices", $0) },
            "share of the GPU's memory bandwidth")
    }

    private func slices<N: Arithmetic>(_ count: Int, of all: Int, _ name: String, _ profile: MIGProfile) -> N {
        N.given("\(name) of the MIG instance", Double(count), "slices", .catalog(profile.reference))
            / .given("\(name) of the GPU", Double(all), "slices", .catalog(gpu.reference))
    }

    /// A share of the GPU, divided among the ranks that use it.
    private func shared<N: Arithmetic>(_ share: N?, _ name: String) -> N? {
        guard let sharing else { return share?.named(name, "ratio") }
        let part = (1 - N.given(sharing.overhead)) / .given("replicas sharing it", sharing.sharers, "replicas")
        return (share.map { $0 * part } ?? part).named(name, "ratio")
    }
}
