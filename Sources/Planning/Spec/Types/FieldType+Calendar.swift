import Diagnostics
import Groundwork
import YAML

extension Patterns {
    private static let day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    static let weekdays = Pattern("\(day)-\(day)|\(day)(,\(day))*")
    static let time = Pattern("([01][0-9]|2[0-3]):[0-5][0-9]")
    static let version = Pattern("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))?")
}

extension FieldType where Value == Version {
    /// A quoted version such as `"1.35"`.
    static var version: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.version.source))])
        }
        return .scalar("a version such as `\"1.35\"`", placeholder: Version(0, 0), schema: schema) { scalar in
            let text = scalar.text
            if case .number(let value) = scalar.meaning, Patterns.version.matches(text) {
                let read = String(value)
                let trap =
                    read == text
                    ? "YAML reads this as a number, and 1.30 as 1.3" : "YAML reads this as the number \(read)"
                return .failure(
                    FieldProblem(
                        "unquoted-version", "is not quoted", label: trap, help: "write `\"\(text)\"`",
                        instead: ["\"\(text)\""]))
            }
            guard Patterns.version.matches(text) else { return .failure(malformedVersion(text)) }
            let numbers = text.split(separator: ".").compactMap { Int($0) }
            guard numbers.count >= 2 else { return .failure(malformedVersion(text)) }
            return .success(Version(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : nil))
        }
    }
}

private func malformedVersion(_ text: String) -> FieldProblem {
    let bare = text.hasPrefix("v") ? String(text.dropFirst()) : text
    let isVersion = Patterns.version.matches(bare)
    return FieldProblem(
        "malformed-version", "is `\(text)`, which is not a version of two or three numbers",
        help: isVersion
            ? "write `\"\(bare)\"`"
            : "write the first two or three numbers of the installed release, such as `\"1.35\"`",
        instead: isVersion ? ["\"\(bare)\""] : [])
}

extension FieldType where Value == TimeOfDay {
    /// A quoted time such as `"09:00"`.
    static var time: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.time.source))])
        }
        return .scalar("a time such as `\"09:00\"`", placeholder: TimeOfDay(0, 0), schema: schema) { scalar in
            let parts = scalar.text.split(separator: ":").compactMap { Int($0) }
            guard Patterns.time.matches(scalar.text), parts.count == 2 else {
                let isShort = Patterns.time.matches("0\(scalar.text)")
                return .failure(
                    FieldProblem(
                        "malformed-time", "is `\(scalar.text)`, which is not a time of day",
                        help: isShort
                            ? "write `\"0\(scalar.text)\"`"
                            : "write hours and minutes, from `\"00:00\"` to `\"23:59\"`",
                        instead: isShort ? ["\"0\(scalar.text)\""] : []))
            }
            guard scalar.style != .plain else {
                return .failure(
                    FieldProblem(
                        "unquoted-time", "is not quoted",
                        label: "YAML 1.1 reads `18:00` as the number 1080", help: "write `\"\(scalar.text)\"`",
                        instead: ["\"\(scalar.text)\""]))
            }
            return .success(TimeOfDay(parts[0], parts[1]))
        }
    }
}

extension FieldType where Value == Weekdays {
    /// `Mon-Fri`, or `Mon,Wed,Sat`.
    static var weekdays: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.weekdays.source))])
        }
        return .scalar("days such as `Mon-Fri` or `Mon,Wed,Sat`", placeholder: Weekdays([]), schema: schema) { scalar in
            guard Patterns.weekdays.matches(scalar.text) else {
                let short = shortDays(scalar.text)
                return .failure(
                    FieldProblem(
                        "malformed-days", "is `\(scalar.text)`, which is not a list or range of days",
                        help: short.map { "write `\($0)`" } ?? "write `Mon-Fri` or `Mon,Wed,Sat`, without spaces",
                        instead: short.map { [plainOrQuoted($0)] } ?? []))
            }
            let all = Weekdays.Day.allCases
            let named = scalar.text.split { $0 == "-" || $0 == "," }.compactMap { word in all.first { $0.short == word }
            }
            guard scalar.text.contains("-"), let first = named.first, let last = named.last else {
                return .success(Weekdays(named))
            }
            // A span may run over the weekend: Sat-Mon.
            return .success(
                Weekdays(all.filter { first <= last ? first <= $0 && $0 <= last : first <= $0 || $0 <= last }))
        }
    }
}

/// Shortens `Monday - Friday` to `Mon-Fri`, if that is what a text means.
private func shortDays(_ text: String) -> String? {
    var words = [""]
    for character in text where character != " " {
        if character == "-" || character == "," {
            words += [String(character), ""]
        } else {
            words[words.count - 1].append(character)
        }
    }
    let short = words.map { $0.prefix(1).uppercased() + $0.dropFirst().prefix(2).lowercased() }.joined()
    return Patterns.weekdays.matches(short) ? short : nil
}

extension FieldType where Value == Instant {
    /// A quoted instant in UTC such as `"2026-12-01T00:00:00Z"`.
    static var instant: FieldType {
        let expects = "a quoted time in UTC such as `\"2026-12-01T11:30:00Z\"`"
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Instant.pattern.source))])
        }
        return .scalar(expects, placeholder: Instant(seconds: 0), schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            if let instant = Instant(scalar.text) { return .success(instant) }
            let reason =
                Instant.pattern.matches(scalar.text)
                ? "which is not a valid date" : "which is not \(expects.beforeExample)"
            return .failure(
                FieldProblem("malformed-instant", "is `\(scalar.text)`, \(reason)", help: "write \(expects)"))
        }
    }
}
