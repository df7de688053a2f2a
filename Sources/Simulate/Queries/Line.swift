/// A line through samples, by least squares.
struct Line {
    /// Per second.
    let slope: Double
    /// The value at the time around which it was computed.
    let intercept: Double

    init(_ samples: ArraySlice<SeriesSample>, around time: Int) {
        let first = samples.first?.value ?? .nan
        if samples.allSatisfy({ $0.value == first }) {
            slope = first.isInfinite ? .nan : 0
            intercept = first.isInfinite ? .nan : first
            return
        }
        let count = Double(samples.count)
        let x = samples.lazy.map { Double($0.time - time) / 1000 }
        let y = samples.lazy.map(\.value)
        let (sumX, sumY) = (x.exactSum, y.exactSum)
        let sumXY = zip(x, y).map { $0 * $1 }.exactSum
        let sumXX = x.map { $0 * $0 }.exactSum
        let covariance = sumXY - sumX * sumY / count
        let variance = sumXX - sumX * sumX / count
        slope = covariance / variance
        intercept = sumY / count - slope * sumX / count
    }
}
