extension ScalarQuery {
    /// Reads PromQL as far as scalers use it.
    init(reading query: String) throws {
        var reader = Reader(rest: query[...])
        self = try reader.alternatives()
        guard reader.isAtEnd else { throw NotUnderstood(at: String(reader.rest)) }
    }

    /// Text that is beyond that.
    struct NotUnderstood: Error {
        let at: String
    }

    /// Descends by the precedence of PromQL's operators.
    private struct Reader {
        var rest: Substring

        var isAtEnd: Bool { rest.allSatisfy { $0 == " " || $0 == "\n" } }

        private mutating func take(_ word: String) -> Bool {
            rest = rest.drop { $0 == " " || $0 == "\n" }
            guard rest.hasPrefix(word) else { return false }
            rest.removeFirst(word.count)
            return true
        }

        private mutating func expect(_ word: String) throws {
            guard take(word) else { throw NotUnderstood(at: String(rest)) }
        }

        private mutating func takeOne(of signs: [Character]) -> Character? { signs.first { take(String($0)) } }

        mutating func alternatives() throws -> ScalarQuery {
            var query = try conditions()
            while take("or ") || take("or\n") { query = .either(query, try conditions()) }
            return query
        }

        private mutating func conditions() throws -> ScalarQuery {
            var query = try comparisons()
            while take("and ") || take("and\n") { query = .both(query, try comparisons()) }
            return query
        }

        private mutating func comparisons() throws -> ScalarQuery {
            var query = try terms()
            while let sign = takeOne(of: [">", "<"]) ?? (take("==") ? "=" : nil) {
                query = .compared(query, sign, try terms())
            }
            return query
        }

        private mutating func terms() throws -> ScalarQuery {
            var query = try factors()
            while let sign = takeOne(of: ["+", "-"]) { query = .arithmetic(query, sign, try factors()) }
            return query
        }

        private mutating func factors() throws -> ScalarQuery {
            var query = try primary()
            while let sign = takeOne(of: ["*", "/"]) { query = .arithmetic(query, sign, try primary()) }
            return query
        }

        private mutating func primary() throws -> ScalarQuery {
            if take("clamp_min(") {
                let value = try alternatives()
                try expect(",")
                let least = try alternatives()
                try expect(")")
                return .atLeast(value, least)
            }
            if take("vector(") {
                let query = try alternatives()
                try expect(")")
                return query
            }
            if take("sum(") || take("count(") { return .sum(try balanced()) }
            if take("(") {
                let query = try alternatives()
                try expect(")")
                return query
            }
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            guard let number = Double(digits) else { throw NotUnderstood(at: String(rest)) }
            rest.removeFirst(digits.count)
            return .number(number)
        }

        /// The text up to the parenthesis that closes; those in quotes do not count.
        private mutating func balanced() throws -> String {
            var depth = 1
            var isQuoted = false
            for index in rest.indices {
                switch rest[index] {
                case "\"": isQuoted.toggle()
                case "(" where !isQuoted: depth += 1
                case ")" where !isQuoted: depth -= 1
                default: break
                }
                guard depth == 0 else { continue }
                let text = String(rest[..<index])
                rest = rest[rest.index(after: index)...]
                return text
            }
            throw NotUnderstood(at: String(rest))
        }
    }
}
