import Groundwork
import Simulate
import Testing

/// The evaluator without a Prometheus beside it: what differs by version, and what it does not support.
@Suite("A query")
struct StoredSeriesTests {
    private let store = {
        var store = SeriesStore()
        for (index, value) in [1.0, 2, 4, 8].enumerated() {
            store.append(value, to: SeriesLabels("x", ["pod": "a"]), at: index * 60_000)
        }
        return store
    }()

    private func number(_ text: String, _ version: Version, at time: Int = 180_000) throws -> Double? {
        try QueryEvaluator(store, PrometheusBehavior(version)).evaluate(try parseQuery(text), at: time).number
    }

    @Test("has a range without its start from Prometheus 3 on, and with it before")
    func ranges() throws {
        #expect(try number("count_over_time(x[2m])", Version(2, 42)) == 3)
        #expect(try number("count_over_time(x[2m])", Version(3, 5)) == 2)
        #expect(try number("increase(x[1m])", Version(3, 5)) == nil)
        #expect(try number("increase(x[1m])", Version(2, 53)) == 4)
        #expect(try number("sum_over_time(x[2m:1m])", Version(2, 42)) == 14)
        #expect(try number("sum_over_time(x[2m:1m])", Version(3, 5)) == 12)
    }

    @Test("sees a sample that is exactly as old as the lookback only before Prometheus 3")
    func lookback() throws {
        #expect(try number("x", Version(2, 42), at: 480_000) == 8)
        #expect(try number("x", Version(3, 0), at: 480_000) == nil)
        #expect(try number("x", Version(3, 0), at: 479_999) == 8)
    }

    @Test("no longer sees a series that was ended")
    func ended() throws {
        var store = store
        store.end(SeriesLabels("x", ["pod": "a"]), at: 200_000)
        let evaluator = QueryEvaluator(store)
        #expect(try evaluator.evaluate(try parseQuery("x"), at: 199_999).number == 8)
        #expect(try evaluator.evaluate(try parseQuery("x"), at: 200_000).number == nil)
        #expect(try evaluator.evaluate(try parseQuery("absent(x{pod=\"a\"})"), at: 200_000).number == 1)
        #expect(try evaluator.evaluate(try parseQuery("count_over_time(x[5m])"), at: 200_000).number == 4)
    }

    @Test(
        "says what it uses that is not evaluated",
        arguments: [
            ("info(x)", "not supported: the function `info`"),
            ("sum(limitk(2, x))", "not supported: the aggregation `limitk`"),
            ("sum(rate(x[$window]))", "not supported: a dashboard variable"),
            ("count_values(\"v\", x)", "not supported: the aggregation `count_values`"),
        ])
    func unsupported(_ text: String, _ message: String) throws {
        let query = try parseQuery(text)
        #expect(QuerySupport.missing(in: query).map(\.message) == [message])
    }

    @Test("of the generated manifests is evaluated")
    func supported() throws {
        #expect(GeneratedQueries.all.count > 300)
        for text in GeneratedQueries.all {
            #expect(QuerySupport.missing(in: try parseQuery(text)).isEmpty, "\(text)")
        }
    }

    @Test("forgets samples that are dropped")
    func drops() throws {
        var store = store
        store.drop(before: 120_000)
        #expect(try QueryEvaluator(store).evaluate(try parseQuery("count_over_time(x[1h])"), at: 180_000).number == 2)
    }
}
