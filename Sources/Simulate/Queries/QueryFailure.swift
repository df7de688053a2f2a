/// Why a query has no result.
package enum QueryFailure: Error, Sendable, Equatable {
    /// The query uses what is not evaluated here, such as a function; the bytes are those of the query's text.
    case unsupported(String, Range<Int>)
    /// Prometheus would answer with an error too.
    case invalid(String, Range<Int>)

    /// The failure as a sentence part: "not supported: `info`".
    package var message: String {
        switch self {
        case .unsupported(let what, _): "not supported: \(what)"
        case .invalid(let what, _): what
        }
    }
}
