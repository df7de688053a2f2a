/// The seconds of a duration as Prometheus writes it, such as `1d12h`; nil for anything else.
package func queryDuration(_ text: String) -> Double? {
    guard let tokens = try? queryTokens(text), tokens.count == 2 else { return nil }
    switch tokens[0].kind {
    case .duration(let seconds): return seconds
    case .number(let seconds) where seconds == 0: return 0
    case .name, .number, .text, .sign, .end: return nil
    }
}
