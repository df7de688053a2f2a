import Diagnostics
import Groundwork

/// Reads requests that were recorded: a table with a time and the tokens of prompts and completions.
///
/// Two headers are known: `seconds,input,output`, and that of the Azure LLM inference traces, `TIMESTAMP,ContextTokens,GeneratedTokens`.
/// `speed` divides the times between requests.
package func readTrace(_ file: SourceFile, speed: Double, _ report: inout Report) -> [ModelRequest]? {
    func place(_ line: Int) -> SourceRange? {
        let start = file.lineStarts[min(line, file.lineStarts.count - 1)]
        return SourceRange(file, start, start + file.line(line + 1).utf8.count)
    }
    let header = file.line(1).filter { $0 != " " && $0 != "\u{FEFF}" }.lowercased()
    let isDated = header.hasPrefix("timestamp,contexttokens,generatedtokens")
    guard isDated || header.hasPrefix("seconds,input,output") else {
        report.error(
            "trace-header-unknown", "the trace has an unknown header", at: place(0), label: "first line",
            help: ["use the columns `seconds,input,output`, or `TIMESTAMP,ContextTokens,GeneratedTokens`"])
        return nil
    }
    var requests: [ModelRequest] = []
    var first: Double?
    for number in file.lineStarts.indices.dropFirst() {
        let line = file.line(number + 1)
        if line.isEmpty { continue }
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count >= 3, let time = isDated ? seconds(cells[0]) : Double(cells[0]), let input = Double(cells[1]),
            let output = Double(cells[2]), input >= 0, output >= 0, time.isFinite, input.isFinite, output.isFinite
        else {
            report.error(
                "trace-line-invalid", "the line has no time with tokens of a prompt and a completion",
                at: place(number), label: "not a request")
            return nil
        }
        let start = first ?? time
        first = start
        requests.append(
            ModelRequest(arrival: (time - start) / speed, input: max(1, input), output: max(1, output)))
    }
    guard !requests.isEmpty else {
        report.error("trace-empty", "the trace has no requests", at: place(0))
        return nil
    }
    return requests.sorted { $0.arrival < $1.arrival }
}

/// The seconds of `2023-11-16 18:17:03.9799600`; nil for other text.
private func seconds(_ text: Substring) -> Double? {
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard parts.count == 2 else { return nil }
    let clock = parts[1].split(separator: ":")
    guard clock.count == 3, let second = Double(clock[2].prefix { $0.isNumber || $0 == "." }),
        let moment = Instant("\(parts[0])T\(clock[0]):\(clock[1])Z")
    else { return nil }
    return Double(moment.seconds) + second
}
