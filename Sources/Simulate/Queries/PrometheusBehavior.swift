import Groundwork

/// What differs between the versions and settings of Prometheus.
package struct PrometheusBehavior: Sendable {
    /// Whether a range or lookback contains a sample exactly at its start: until 2.x.
    package var includesStart: Bool
    /// Whether a counter that was zero after an early gap is extrapolated to that time: until 2.x.
    package var reachesZero: Bool
    /// Whether `sum` carries the error of each addition: from 3.0.
    package var sumsExactly: Bool
    /// Whether a regular expression's `.` matches a line break: from 3.0.
    package var dotMatchesLineBreaks: Bool
    /// Milliseconds after which a sample is too old to be a series' value.
    package var lookback = 300_000
    /// The milliseconds between the evaluations of a subquery without a step, and of a group of rules without an interval.
    package var interval = 60_000

    package init(_ version: Version = Version(3, 0)) {
        let isThree = version >= Version(3, 0)
        includesStart = !isThree
        reachesZero = !isThree
        sumsExactly = isThree
        dotMatchesLineBreaks = isThree
    }
}
