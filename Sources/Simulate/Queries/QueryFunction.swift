/// The functions that are evaluated, under their names in PromQL.
enum QueryFunction: String {
    // Of a range vector.
    case rate, increase, delta, irate, idelta, deriv, changes, resets
    case predictLinear = "predict_linear"
    case avgOverTime = "avg_over_time"
    case sumOverTime = "sum_over_time"
    case countOverTime = "count_over_time"
    case minOverTime = "min_over_time"
    case maxOverTime = "max_over_time"
    case lastOverTime = "last_over_time"
    case presentOverTime = "present_over_time"
    case absentOverTime = "absent_over_time"
    case quantileOverTime = "quantile_over_time"
    case stddevOverTime = "stddev_over_time"
    case stdvarOverTime = "stdvar_over_time"
    // Of the values of a vector, one by one.
    case abs, ceil, floor, exp, ln, log2, log10, sqrt, sgn, round, clamp
    case clampMin = "clamp_min"
    case clampMax = "clamp_max"
    // Of times.
    case time, timestamp, minute, hour, month, year
    case dayOfWeek = "day_of_week"
    case dayOfMonth = "day_of_month"
    case dayOfYear = "day_of_year"
    case daysInMonth = "days_in_month"
    // Of a whole vector.
    case absent, scalar, vector, sort, pi
    case sortDescending = "sort_desc"
    case histogramQuantile = "histogram_quantile"
    case labelReplace = "label_replace"
    case labelJoin = "label_join"

    /// The least and greatest number of arguments.
    var arity: ClosedRange<Int> {
        switch self {
        case .time, .pi: 0...0
        case .minute, .hour, .month, .year, .dayOfWeek, .dayOfMonth, .dayOfYear, .daysInMonth: 0...1
        case .round: 1...2
        case .predictLinear, .quantileOverTime, .clampMin, .clampMax, .histogramQuantile: 2...2
        case .clamp: 3...3
        case .labelReplace: 5...5
        case .labelJoin: 3...100
        case .rate, .increase, .delta, .irate, .idelta, .deriv, .changes, .resets, .avgOverTime, .sumOverTime,
            .countOverTime, .minOverTime, .maxOverTime, .lastOverTime, .presentOverTime, .absentOverTime,
            .stddevOverTime, .stdvarOverTime, .abs, .ceil, .floor, .exp, .ln, .log2, .log10, .sqrt, .sgn, .timestamp,
            .absent, .scalar, .vector, .sort, .sortDescending:
            1...1
        }
    }
}
