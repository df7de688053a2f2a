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
}
