import Groundwork

/// The constants of the step-time equations, which `make fit` fits.
package struct StepConstants<N: Arithmetic>: Sendable {
    /// Share of the memory bandwidth at which weights are read.
    package var bandwidthEfficiency: N
    /// Share of the memory bandwidth at which the KV cache is read.
    package var cacheEfficiency: N
    /// Share of the dense compute.
    package var computeEfficiency: N
    /// Seconds per layer of a step.
    package var layerTime: N
    /// Seconds per all-reduce; there are two per layer.
    package var allReduceLatency: N
    /// GB/s of the small all-reduces of a decode step, in addition to the time on the link.
    package var exchangeSpeed: N
    /// Seconds of a request per layer, before its prefill.
    package var startTime: N
    /// Seconds per layer of each prefill chunk.
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
