/// The keywords and functions of PromQL in Prometheus 3.
package enum QueryWords {
    static let aggregations: Set = [
        "sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "count_values", "bottomk", "topk", "quantile",
        "limitk", "limit_ratio",
    ]
    /// The aggregations whose parameter comes before the operand.
    static let withParameter: Set = ["count_values", "bottomk", "topk", "quantile", "limitk", "limit_ratio"]
    /// The aggregations that return series of their operand, not one series for each group.
    static let choosing: Set = ["bottomk", "topk", "limitk", "limit_ratio", "count_values"]

    /// The functions of range vectors for counters.
    package static let ofCounters: Set = ["rate", "irate", "increase", "resets"]
    /// The functions of range vectors.
    static let ofWindows: Set = ofCounters.union([
        "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv",
        "double_exponential_smoothing",
        "holt_winters", "idelta", "last_over_time", "first_over_time", "mad_over_time", "max_over_time",
        "min_over_time",
        "predict_linear", "present_over_time", "quantile_over_time", "stddev_over_time", "stdvar_over_time",
        "sum_over_time", "ts_of_max_over_time", "ts_of_min_over_time", "ts_of_last_over_time", "ts_of_first_over_time",
    ])
    static let functions: Set = ofWindows.union([
        "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "clamp", "clamp_max", "clamp_min",
        "cos", "cosh", "day_of_month", "day_of_week", "day_of_year", "days_in_month", "deg", "exp", "floor",
        "histogram_avg", "histogram_count", "histogram_fraction", "histogram_quantile", "histogram_quantiles",
        "histogram_stddev", "histogram_stdvar", "histogram_sum", "hour", "info", "label_join", "label_replace", "ln",
        "log10", "log2", "minute", "month", "pi", "rad", "round", "scalar", "sgn", "sin", "sinh", "sort", "sort_desc",
        "sort_by_label", "sort_by_label_desc", "sqrt", "tan", "tanh", "time", "timestamp", "vector", "year",
        "start", "end", "step", "range",
    ])

    /// How many arguments the functions take that do not take exactly one.
    private static let severalArguments: [String: ClosedRange<Int>] = [
        "clamp": 3...3, "clamp_max": 2...2, "clamp_min": 2...2, "day_of_month": 0...1, "day_of_week": 0...1,
        "day_of_year": 0...1, "days_in_month": 0...1, "hour": 0...1, "minute": 0...1, "month": 0...1, "year": 0...1,
        "histogram_fraction": 3...3, "histogram_quantile": 2...2, "histogram_quantiles": 3...12,
        "double_exponential_smoothing": 3...3, "holt_winters": 3...3, "predict_linear": 2...2,
        "quantile_over_time": 2...2, "label_join": 3...100, "label_replace": 5...5, "round": 1...2, "time": 0...0,
        "pi": 0...0, "sort_by_label": 1...100, "sort_by_label_desc": 1...100, "info": 1...2, "start": 0...0,
        "end": 0...0, "step": 0...0, "range": 0...0,
    ]

    /// How many arguments each function takes.
    static let arguments: [String: ClosedRange<Int>] = Dictionary(
        uniqueKeysWithValues: functions.map { ($0, severalArguments[$0] ?? 1...1) })
}
