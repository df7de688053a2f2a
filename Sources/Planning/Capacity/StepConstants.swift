import Groundwork

/// The constants of the step-time equations: what `make fit` fits.
package struct StepConstants<N: Arithmetic>: Sendable {
    /// Share of the memory bandwidth.
    package var bandwidthEfficiency: N
    /// Share of the dense arithmetic.
    package var computeEfficiency: N
    /// Seconds for each layer of a step.
    package var layerTime: N
    /// Seconds for each all-reduce; there are two in a layer.
    package var allReduceLatency: N
    /// Seconds of a request outside the GPU.
    package var requestTime: N
    /// How much longer a prompt takes among decoding steps than by itself.
    package var promptFactor: N
    /// Other prompts that go before, for each running sequence.
    package var promptOverlap: N

    package init(
        bandwidthEfficiency: N, computeEfficiency: N, layerTime: N, allReduceLatency: N, requestTime: N,
        promptFactor: N, promptOverlap: N
    ) {
        self.bandwidthEfficiency = bandwidthEfficiency
        self.computeEfficiency = computeEfficiency
        self.layerTime = layerTime
        self.allReduceLatency = allReduceLatency
        self.requestTime = requestTime
        self.promptFactor = promptFactor
        self.promptOverlap = promptOverlap
    }

    /// The constants of a row.
    package init(_ row: FittedThresholds) {
        self.init(
            bandwidthEfficiency: .given(row.bandwidthEfficiency), computeEfficiency: .given(row.computeEfficiency),
            layerTime: .given(row.layerTime), allReduceLatency: .given(row.allReduceLatency),
            requestTime: .given(row.requestTime), promptFactor: .given(row.promptFactor),
            promptOverlap: .given(row.promptOverlap))
    }
}
