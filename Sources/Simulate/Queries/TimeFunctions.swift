import Groundwork

extension QueryEvaluator {
    /// Evaluates a function of times in UTC.
    func times(_ function: QueryFunction, _ arguments: [Query], _ extent: Range<Int>, _ time: Int) throws(QueryFailure)
        -> [QuerySample]
    {
        let now = QuerySample(SeriesLabels(), Double(time) / 1000, at: time)
        let elements = arguments.isEmpty ? [now] : try vector(arguments[0], time)
        let isSelector = arguments.first.map { if case .selector = $0.content { true } else { false } } ?? false
        let samples = elements.map { element in
            let value =
                function == .timestamp
                ? Double(isSelector ? element.time : time) / 1000 : function.result(ofSeconds: element.value)
            return QuerySample(element.labels.unnamed, value, at: time)
        }
        return try distinct(samples, extent)
    }
}

extension QueryFunction {
    /// The part of a time that the function returns; NaN for times outside of the calendar.
    fileprivate func result(ofSeconds seconds: Double) -> Double {
        guard seconds >= 0, seconds < 1e11 else { return .nan }
        let moment = Instant(seconds: Int(seconds))
        let date = moment.date
        let figure =
            switch self {
            case .minute: moment.secondOfDay / 60 % 60
            case .hour: moment.secondOfDay / 3600
            case .dayOfWeek: moment.dayOfWeek
            case .dayOfMonth: date.day
            case .dayOfYear: moment.dayOfYear
            case .daysInMonth: Instant.days(in: date.year, date.month)
            case .month: date.month
            case .year: date.year
            default: 0
            }
        return Double(figure)
    }
}
