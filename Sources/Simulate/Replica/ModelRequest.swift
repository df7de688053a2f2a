/// A request to a model.
package struct ModelRequest: Sendable, Hashable {
    /// Seconds since the start of the simulation.
    package let arrival: Double
    /// Tokens of its prompt.
    package let input: Double
    /// Tokens of its completion; they need not be whole in a distribution of lengths.
    package let output: Double

    package init(arrival: Double, input: Double, output: Double) {
        self.arrival = arrival
        self.input = input
        self.output = output
    }
}
