import Groundwork
import Simulate
import TestTools
import Testing

/// The evaluator beside a real Prometheus.
@Suite("Queries over simulated series")
struct QueryAgreementTests {
    private static let times = [30 * 60_000, 30 * 60_000 + 7, 44 * 60_000 + 15_000, 56 * 60_000 - 1]

    @Test(
        "have the results that Prometheus gives",
        .enabled(if: PrometheusOracle.version != nil, "prometheus or python3 is not installed"), .timeLimit(.minutes(5))
    )
    func agrees() async throws {
        let version = try #require(PrometheusOracle.version)
        let generated = try GeneratedQueries.all.map { try parseQuery($0) }
        #expect(generated.count > 300)
        var maker = SeriesMaker(seed: 1)
        var series: [[String: String]: RandomSeries] = [:]
        var order: [[String: String]] = []
        var seen: Set<String> = []
        for query in try generated + EdgeQueries.patterns.map({ try parseQuery($0) }) {
            let groupings = query.groupings
            for selector in query.selectors.map(\.content) {
                let matchers = selector.matchers.map { "\($0.label)\($0.relation.rawValue)\($0.value)" }
                let key = "\(selector.name ?? "") \(matchers) \(groupings)"
                guard seen.insert(key).inserted else { continue }
                for one in maker.series(for: selector, groupings: groupings) where series[one.labels] == nil {
                    series[one.labels] = one
                    order.append(one.labels)
                }
            }
        }
        let all: [RandomSeries] = order.compactMap { series[$0] } + EdgeQueries.series
        let store = SeriesStore(all)
        let texts = GeneratedQueries.all + EdgeQueries.all
        let questions = texts.flatMap { text in
            QueryAgreementTests.times.map { PrometheusOracle.Question(query: text, time: RandomSeries.start + $0) }
        }
        let answers = try await aside { try PrometheusOracle.ask(questions, over: all) }
        try #require(answers.count == questions.count)
        let evaluator = QueryEvaluator(store, PrometheusBehavior(version))
        var (mistakes, filled) = ([String](), 0)
        for (question, answer) in zip(questions, answers) {
            if !answer.samples.isEmpty { filled += 1 }
            if let mistake = mistake(question, answer, evaluator) { mistakes.append(mistake) }
        }
        #expect(
            mistakes.isEmpty, "\(mistakes.count) of \(questions.count): \(mistakes.prefix(12).joined(separator: "\n"))")
        // A test over empty vectors would prove nothing.
        #expect(filled * 2 > questions.count, "\(filled) of \(questions.count) have a result")
    }

    /// How the evaluator's result differs, if it does.
    private func mistake(
        _ question: PrometheusOracle.Question, _ answer: PrometheusOracle.Answer, _ evaluator: QueryEvaluator
    ) -> String? {
        let expected =
            answer.error.map { "error: \($0)" } ?? lines(answer.samples.map { ($0.labels, Double($0.value) ?? .nan) })
        let place = "\(question.query) at \(question.time - RandomSeries.start)"
        do {
            let value = try evaluator.evaluate(try parseQuery(question.query), at: question.time)
            if answer.error != nil { return "\(place): \(value), but \(expected)" }
            guard let samples = value.samples else { return nil }
            let found = Dictionary(samples.map { (labels($0.labels), $0.value) }) { first, _ in first }
            guard found.count == answer.samples.count, samples.count == found.count else {
                return "\(place): \(lines(samples.map { (labels($0.labels), $0.value) })), not \(expected)"
            }
            for sample in answer.samples {
                guard let value = found[sample.labels], let wanted = Double(sample.value), isClose(value, wanted) else {
                    return "\(place): \(lines(samples.map { (labels($0.labels), $0.value) })), not \(expected)"
                }
            }
            return nil
        } catch {
            if answer.error != nil, case QueryFailure.invalid? = error as? QueryFailure { return nil }
            return answer.error != nil && error is QueryError ? nil : "\(place): \(error), not \(expected)"
        }
    }

    private func labels(_ labels: SeriesLabels) -> [String: String] {
        Dictionary(labels.pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }

    private func lines(_ samples: [([String: String], Double)]) -> String {
        let lines = samples.map { labels, value -> String in
            let pairs = labels.map { "\($0.key)=\($0.value)" }.sorted()
            return "\(pairs.joined(separator: ",")) \(value)"
        }
        return lines.sorted().prefix(6).joined(separator: "; ")
    }

    private func isClose(_ left: Double, _ right: Double) -> Bool {
        if left.isNaN || right.isNaN { return left.isNaN && right.isNaN }
        return left == right || (left - right).magnitude <= 1e-9 * max(left.magnitude, right.magnitude, 1e-3)
    }
}

extension QueryValue {
    /// The elements; nil for a string.
    fileprivate var samples: [QuerySample]? {
        switch self {
        case .scalar(let number): [QuerySample(SeriesLabels(), number, at: 0)]
        case .vector(let samples): samples
        case .string: nil
        }
    }
}

extension Query {
    /// The labels by which it groups or matches.
    fileprivate var groupings: [String] {
        let parts = QueryParts(self)
        var names: Set<String> = []
        for aggregation in parts.aggregations.map(\.content) {
            names.formUnion((aggregation.kept ?? aggregation.dropped ?? []).map(\.name))
        }
        for binary in parts.binaries.map(\.content) {
            names.formUnion((binary.matching.labels ?? binary.matching.ignored ?? []).map(\.name))
        }
        return names.sorted()
    }
}
