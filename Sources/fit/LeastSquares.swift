/// One equation of a fit: the measured value is an offset and a weighted sum of features.
struct Equation {
    let features: [Double]
    let offset: Double
    let measured: Double

    /// What given weights predict.
    func predicted(_ weights: [Double]) -> Double {
        zip(features, weights).reduce(offset) { $0 + $1.0 * $1.1 }
    }
}

/// Finds the weights, none below its lower bound, with the least mean relative error.
///
/// Least squares, again and again, with less say for the equations that stay far off: outliers do not decide.
func solve(_ equations: [Equation], atLeast lowerBounds: [Double]) -> [Double] {
    var weights = lowerBounds
    var say = [Double](repeating: 1, count: equations.count)
    for _ in 0..<60 {
        weights = leastSquares(equations, say, from: weights, atLeast: lowerBounds)
        say = equations.map { 1 / max(0.02, abs($0.predicted(weights) / $0.measured - 1)) }
    }
    return weights
}

/// Finds the weights with the least sum of squared relative errors, one weight after the other until none moves.
private func leastSquares(_ equations: [Equation], _ say: [Double], from start: [Double], atLeast lowerBounds: [Double])
    -> [Double]
{
    let count = lowerBounds.count
    var square = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var wanted = [Double](repeating: 0, count: count)
    for (equation, share) in zip(equations, say) {
        let scale = share / (equation.measured * equation.measured)
        for row in 0..<count {
            wanted[row] += scale * equation.features[row] * (equation.measured - equation.offset)
            for column in 0..<count {
                square[row][column] += scale * equation.features[row] * equation.features[column]
            }
        }
    }
    var weights = start
    for _ in 0..<20_000 {
        var moved = 0.0
        for index in 0..<count where square[index][index] > 0 {
            var rest = wanted[index]
            for other in 0..<count where other != index { rest -= square[index][other] * weights[other] }
            let next = max(lowerBounds[index], rest / square[index][index])
            moved = max(moved, abs(next - weights[index]) / max(abs(next), 1e-12))
            weights[index] = next
        }
        if moved < 1e-9 { break }
    }
    return weights
}
