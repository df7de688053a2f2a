import Groundwork

extension Workload {
    /// All weights, GiB: as measured in the published dtype, else computed, with the additional weights.
    package func weights<N: Arithmetic>(_: N.Type = N.self) -> N {
        if dtype.value == architecture.nativeDType, let measured = measuredWeights(N.self) { return measured }
        return weights(in: dtype.value)
    }

    /// The published weights, GiB.
    func publishedWeights<N: Arithmetic>(_: N.Type = N.self) -> N {
        measuredWeights() ?? weights(in: architecture.nativeDType)
    }

    /// The weights that are read at startup, GiB: vLLM converts published ones only then.
    func loadedWeights<N: Arithmetic>(_: N.Type = N.self) -> N { isQuantized ? publishedWeights() : weights() }

    /// The weights that are downloaded, GiB: those published in 32 bits have twice the size that they are loaded in.
    func downloadedWeights<N: Arithmetic>(_ weights: N) -> N {
        architecture.traits.contains(.thirtyTwoBits) ? 2 * weights : weights
    }

    /// The measured size of the published weights, GiB.
    private func measuredWeights<N: Arithmetic>(_: N.Type = N.self) -> N? {
        architecture.measuredWeightsGiB.map { .given("measured weights", $0, "GiB", architectureOrigin) }
    }

    /// Parameters in a dtype, with the additional weights, GiB.
    func weights<N: Arithmetic>(in format: DType) -> N {
        let bytes = N.given(format.size)
        let counted = counted(in: format, bytes) / .bytesPerGiB
        guard architecture.extraMiB > 0 else { return counted.named("weights", "GiB") }
        let extra: N = .given(
            "additional weights", Double(architecture.extraMiB), "MiB",
            described?.additionalMiB?.origin ?? architectureOrigin)
        return (counted + extra / .mebibytesPerGiB).named("weights", "GiB")
    }

    /// Bytes of all parameters in a dtype, including those that quantized weights keep in 16 bits.
    private func counted<N: Arithmetic>(in format: DType, _ bytes: N) -> N {
        let all: N = figure("parameters", architecture.parameters) { $0.parameters }
        guard format.isQuantized, let whole = wholeParameters(in: format, of: all) else { return all * bytes }
        return (all - whole) * bytes + whole * .given(Thresholds.wholeWeight)
    }

    /// Parameters that stay in 16 bits: the embedding and the output head, and all but the experts of an MoE model in int4; nil if none do.
    private func wholeParameters<N: Arithmetic>(in format: DType, of all: N) -> N? {
        if format == .int4, architecture.experts != nil {
            let experts: N = expertParameters()
            return (all - experts).named("parameters outside the experts", "parameters")
        }
        return embeddingParameters()
    }

    /// Parameters of the embedding and the output head; nil if they are not known.
    func embeddingParameters<N: Arithmetic>(_: N.Type = N.self) -> N? {
        guard architecture.embeddingParameters > 0 else { return nil }
        return .given(
            "embedding and output head parameters", Double(architecture.embeddingParameters), "parameters",
            described?.embeddingParameters?.origin ?? described?.vocabulary?.origin ?? architectureOrigin)
    }

    private func expertParameters<N: Arithmetic>() -> N {
        .given(
            "expert parameters", Double(architecture.experts?.parameters ?? 0), "parameters",
            described?.experts?.parameters.origin ?? architectureOrigin)
    }

    /// The weights of experts, GiB; nil for a dense model.
    func expertWeights<N: Arithmetic>(_: N.Type = N.self) -> N? {
        guard architecture.experts != nil, architecture.parameters > 0 else { return nil }
        let parameters: N = expertParameters()
        // A measured size is that of all weights: the experts get their part of it.
        if dtype.value == architecture.nativeDType, let all = measuredWeights(N.self) {
            return (all * parameters / figure("parameters", architecture.parameters) { $0.parameters })
                .named("expert weights", "GiB")
        }
        return (parameters * .given(dtype.value.size) / .bytesPerGiB).named("expert weights", "GiB")
    }

    /// Share of the experts that one token does not use, as if chosen at random; nil for a dense model.
    func idleExperts<N: Arithmetic>(_: N.Type = N.self) -> N? {
        guard let experts = architecture.experts, architecture.parameters > 0 else { return nil }
        let active: N = .given(
            "experts per token", Double(experts.perToken), "experts",
            described?.experts?.perToken.origin ?? architectureOrigin)
        let all: N = .given(
            "experts", Double(experts.count), "experts", described?.experts?.count.origin ?? architectureOrigin)
        return (1 - active / all).named("share of experts unused by one token", "ratio")
    }

    /// A number of the architecture, from the catalog's row or the spec's own description.
    func figure<N: Arithmetic>(_ name: String, _ value: Int, _ field: (ArchitectureSpec) -> Traced<Int>) -> N {
        .given(name, Double(value), "1", described.map { field($0).origin } ?? architectureOrigin)
    }

    /// The origin of architecture figures that a spec's description does not list one by one.
    var architectureOrigin: Origin { described.map(\.origin) ?? .catalog(architecture.reference) }
}

extension Arithmetic {
    /// Bytes in a GiB.
    static var bytesPerGiB: Self { .constant(gibibyte, "B/GiB") }
    /// MiB in a GiB.
    static var mebibytesPerGiB: Self { .constant(1024, "MiB/GiB") }
}

/// Bytes in a GiB.
let gibibyte = 1_073_741_824.0
