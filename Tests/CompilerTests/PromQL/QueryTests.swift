import Testing

@testable import Groundwork

@Suite("A query of Prometheus")
struct QueryTests {
    @Test(
        "is read",
        arguments: [
            "up", "1", "-1 ^ 2", "0x1F + 1e-3 + .5", "a:b:c{d=\"e\", f!~'g|h', }", "{__name__=~\"a.*\"}",
            "{\"a.b\", \"c.d\"=\"e\"}",
            "rate(a[5m] offset -1h)", "a @ 1600000000", "a @ end()", "rate(a[1h30m])", "a[5m:]",
            "max_over_time(rate(a[5m])[1h:30s] @ start())",
            "sum by (a, b) (c)", "sum(c) without (a)", "topk(3, a)", "count_values(\"v\", a)", "quantile(0.9, a)",
            "a / on (b) group_left (c) d", "a and ignoring (b) c or d unless e", "a > bool 2",
            "histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))",
            "label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\")", "time() - timestamp(a)",
            "sum(a) # a comment\n + sum(b)",
            "rate(a{b=\"$c\"}[$__rate_interval])", "rate(a[${window:raw}])", "a % b * 2 == 3 != 4", "sum(`a`)", "inf",
            "by + sum", "predict_linear(a[1h], 3600)",
        ])
    func readable(_ text: String) {
        #expect(throws: Never.self) { try parseQuery(text) }
    }

    @Test(
        "is rejected, at the place of its mistake",
        arguments: [
            ("", 0), ("sum(", 4), ("a{b=c}", 4), ("a{b", 3), ("rate(a)", 0), ("sum(a[5m])", 4), ("abs(a[5m])", 4),
            ("a[5x]", 2), ("a +", 3),
            ("a b", 2), ("rtae(a[5m])", 0), ("sum(a, b)", 0), ("(a)[5m:1m", 9), ("a{b=\"c}", 4), ("a ! b", 2),
            ("sum(a)[5m]", 6), ("5m5", 0),
        ])
    func rejected(_ text: String, _ place: Int) {
        #expect { try parseQuery(text) } throws: { ($0 as? QueryError)?.extent.lowerBound == place }
    }

    @Test("binds as Prometheus does")
    func precedence() throws {
        #expect(try parseQuery("1 + 2 * 3").constant == 7)
        #expect(try parseQuery("2 - 1 - 1").constant == 0)
        #expect(try parseQuery("-(1 + 2)").constant == -3)
        #expect(try parseQuery("1h").constant == 3600)
        guard case .binary(let outer) = try parseQuery("a or b and c > 1 + 2").content else {
            return #expect(Bool(false))
        }
        #expect(outer.operation == .or)
        guard case .negation(let inner) = try parseQuery("-a ^ 2").content, case .binary = inner.content else {
            return #expect(Bool(false))
        }
    }

    @Test(
        "is a total, an average or neither, of one element or several",
        arguments: [
            ("sum(a)", true, QueryResult.Nature.total), ("avg(a)", true, .unknown),
            ("avg(DCGM_FI_DEV_GPU_UTIL)", true, .mean),
            ("sum(a) / sum(b)", true, .mean), ("sum(a) / 2", true, .total), ("sum(a) + sum(b)", true, .total),
            ("count(a)", true, .total),
            ("sum(vllm:num_requests_running) / count(vllm:num_requests_running)", true, .mean),
            ("sum by (pod) (a)", false, .total), ("sum by (pod) (a{pod=\"b\"})", true, .total),
            ("max(a)", true, .unknown),
            ("sum(a) or vector(0)", true, .total), ("vllm:num_requests_waiting", false, .unknown),
            ("a", nil, .unknown),
            ("histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))", true, .mean),
            ("100 * avg(vllm:kv_cache_usage_perc)", true, .mean),
        ] as [(String, Bool?, QueryResult.Nature)])
    func result(_ text: String, _ isSingle: Bool?, _ nature: QueryResult.Nature) throws {
        let result = try parseQuery(text).result
        #expect(result.isSingle == isSingle)
        #expect(result.nature == nature)
    }

    @Test("never crashes the reader, whatever stands in it", arguments: 0..<20)
    func odd(_ seed: Int) {
        let pieces = [
            "sum", "by", "(", ")", "[", "]", "{", "}", "a", "5m", "1", "\"", "'", ",", "=", "=~", "-", "@", ":",
            "offset", "$", "é", "#", "\n", "\\",
        ]
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<12 {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                text += pieces[Int(state % UInt64(pieces.count))] + (state % 3 == 0 ? " " : "")
            }
            if let query = try? parseQuery(text) { _ = query.result }
        }
        #expect(throws: QueryError.self) { try parseQuery(String(repeating: "(", count: 100_000)) }
    }
}
