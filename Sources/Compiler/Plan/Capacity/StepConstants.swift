/// The constants of the step-time equations, in plain numbers: what `make fit` fits.
package struct StepConstants: Sendable {
    /// Share of the memory bandwidth.
    package var bandwidthEfficiency: Double
    /// Share of the dense arithmetic.
    package var computeEfficiency: Double
    /// Seconds for each layer of a step.
    package var layerTime: Double
    /// Seconds for each all-reduce; there are two in a layer.
    package var allReduceLatency: Double
    /// Seconds of a request outside the GPU.
    package var requestTime: Double
    /// How much longer a prompt takes among decoding steps than by itself.
    package var promptFactor: Double
    /// Other prompts that go before, for each running sequence.
    package var promptOverlap: Double

    package init(
        bandwidthEfficiency: Double, computeEfficiency: Double, layerTime: Double, allReduceLatency: Double,
        requestTime: Double, promptFactor: Double, promptOverlap: Double
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
            bandwidthEfficiency: row.bandwidthEfficiency.value, computeEfficiency: row.computeEfficiency.value,
            layerTime: row.layerTime.value, allReduceLatency: row.allReduceLatency.value,
            requestTime: row.requestTime.value, promptFactor: row.promptFactor.value,
            promptOverlap: row.promptOverlap.value)
    }
}
