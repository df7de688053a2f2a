import Groundwork

/// The constants of the step-time equations: what `make fit` fits.
package struct StepConstants<N: Arithmetic>: Sendable {
    /// Share of the memory bandwidth at which weights are read.
    package var bandwidthEfficiency: N
    /// Share of the memory bandwidth at which the KV cache is read.
    package var cacheEfficiency: N
    /// Share of the dense arithmetic.
    package var computeEfficiency: N
    /// Seconds for each layer of a step.
    package var layerTime: N
    /// Seconds for each all-reduce; there are two in a layer.
    package var allReduceLatency: N
    /// GB/s at which the small exchanges of a decoding step pass, besides the time that the link takes.
    package var exchangeSpeed: N
    /// Seconds of a request for each layer, before its prompt is computed.
    package var startTime: N
    /// Seconds for each layer of each chunk of a prompt.
    package var chunkTime: N

    package init(
        bandwidthEfficiency: N, cacheEfficiency: N, computeEfficiency: N, layerTime: N, allReduceLatency: N,
        exchangeSpeed: N, startTime: N, chunkTime: N
    ) {
        self.bandwidthEfficiency = bandwidthEfficiency
        self.cacheEfficiency = cacheEfficiency
        self.computeEfficiency = computeEfficiency
        self.layerTime = layerTime
        self.allReduceLatency = allReduceLatency
        self.exchangeSpeed = exchangeSpeed
        self.startTime = startTime
        self.chunkTime = chunkTime
    }

    /// The constants of a row.
    package init(_ row: FittedThresholds) {
        self.init(
            bandwidthEfficiency: .given(row.bandwidthEfficiency), cacheEfficiency: .given(row.cacheEfficiency),
            computeEfficiency: .given(row.computeEfficiency), layerTime: .given(row.layerTime),
            allReduceLatency: .given(row.allReduceLatency), exchangeSpeed: .given(row.exchangeSpeed),
            startTime: .given(row.startTime), chunkTime: .given(row.chunkTime))
    }
}
