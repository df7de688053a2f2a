import Diagnostics
import Testing

@testable import Compiler
@testable import Groundwork
@testable import Planning

@Suite("Money")
struct MoneyTests {
    private static let head = """
        apiVersion: stowage.dev/v1alpha1
        kind: GPUCluster
        metadata: {name: money}
        spec:
          platform:
            cluster: money
            zones: [us-east-1a, us-east-1b]
            kubernetes: "1.35"
            karpenter: {version: "1.14", interruptionQueue: money}
            autoscaler: {keda: "2.20"}
            gpu: {ami: al2023@v20260714}

        """
    private static let model = """
          models:
            - name: chat
              source: meta-llama/Llama-3.1-8B-Instruct
              instances: {prefer: [g6e.xlarge], spot: SPOT}
              replicas: {min: 2, max: 6}
              traffic: {requestsPerSecond: {steady: 4, peak: 12}, tokens: {input: 1000, output: 250}}

        """

    private func planned(_ cluster: String = "", spot: String = "never", platform: String = "") throws -> Plan {
        let text = Self.head + platform + cluster + Self.model.replacing("SPOT", with: spot)
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report), "\(text)")
        return try #require(plan(spec, &report))
    }

    @Test("grows from the usual load over the expected to the worst case", arguments: Example.all)
    func order(_ example: Example) throws {
        let money = try example.compiled().plan.money
        for cost in money.pools {
            #expect(cost.steadyPerMonth.value <= cost.expectedPerMonth.value)
            #expect(cost.expectedPerMonth.value <= cost.peakPerMonth.value)
            #expect(cost.peakPerMonth.value <= cost.worstPerMonth.value)
        }
        let sum = money.pools.reduce(0) { $0 + $1.worstPerMonth.value }
        #expect(abs(sum - money.worstPerMonth.value) < 0.01)
    }

    @Test("counts whole nodes, hours and volumes")
    func byHand() throws {
        let money = try planned().money
        let price = 1.861
        let volume = 80 * 0.08
        #expect(abs(money.steadyPerMonth.value - (2 * price * 730 + 2 * volume)) < 0.02)
        #expect(abs(money.peakPerMonth.value - (6 * price * 730 + 6 * volume)) < 0.03)
        #expect(abs(money.worstPerMonth.value - (6 * price * 744 + 6 * volume)) < 0.03)
        #expect(money.expectedPerMonth.value == money.steadyPerMonth.value, "no business hours, no surge")
    }

    @Test("expects half of the surge in business hours")
    func businessHours() throws {
        let money = try planned("  businessHours: {days: Mon-Fri, from: \"08:00\", to: \"20:00\"}\n").money
        let nodes = 2 + 60.0 / 168 * 2
        #expect(abs(money.expectedPerMonth.value - nodes * (1.861 * 730 + 80 * 0.08)) < 3)
        #expect(money.busyPerMonth.value > money.expectedPerMonth.value)
    }

    @Test("expects the floors of a schedule in their windows, over midnight too")
    func schedule() throws {
        let text =
            Self.head + Self.model.replacing("SPOT", with: "never")
            + "      scaling: {schedule: [{days: Mon-Sun, from: \"18:00\", to: \"06:00\", min: 4}]}\n"
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report))
        let money = try #require(plan(spec, &report)).money
        #expect(
            abs(money.expectedPerMonth.value - 3 * (1.861 * 730 + 80 * 0.08)) < 0.05, "two by day and four by night")
    }

    @Test("counts hours in which windows overlap once, to the minute")
    func overlap() throws {
        let text =
            Self.head + "  businessHours: {days: Mon-Fri, from: \"08:00\", to: \"20:00\"}\n"
            + Self.model.replacing("SPOT", with: "never")
            + "      scaling: {schedule: [{days: Mon-Sun, from: \"18:10\", to: \"06:00\", min: 5}]}\n"
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report))
        let money = try #require(plan(spec, &report)).money
        let nodes = Double(5 * 610 * 4 + 7 * 710 * 5 + (10080 - 5 * 610 - 7 * 710) * 2) / 10080
        #expect(abs(money.expectedPerMonth.value - nodes * (1.861 * 730 + 80 * 0.08)) < 0.05)
    }

    @Test("takes a discount off spot, but not in the worst case")
    func spot() throws {
        let hours = "  businessHours: {days: Mon-Fri, from: \"08:00\", to: \"20:00\"}\n"
        let full = try planned(hours, spot: "allowed", platform: "    spotDiscount: 0%\n").money
        let less = try planned(hours, spot: "allowed", platform: "    spotDiscount: 60%\n").money
        #expect(less.worstPerMonth.value == full.worstPerMonth.value)
        #expect(less.steadyPerMonth.value == full.steadyPerMonth.value)
        let surge = full.expectedPerMonth.value - full.steadyPerMonth.value
        #expect(surge > 0)
        #expect(full.expectedPerMonth.value - less.expectedPerMonth.value > surge * 0.59)
        #expect(full.expectedPerMonth.value - less.expectedPerMonth.value < surge * 0.6)
    }

    @Test("takes the discount of a commitment off nodes on demand, but not in the worst case")
    func commitments() throws {
        let full = try planned(spot: "allowed", platform: "    spotDiscount: 50%\n").money
        func committed(_ commitments: String) throws -> MoneyPlan {
            try planned(spot: "allowed", platform: "    spotDiscount: 50%\n    commitments: \(commitments)\n").money
        }
        for commitments in ["{g6e: 30%}", "{l40s: 30%}", "{g6e: 10%, g6e.xlarge: 30%}"] {
            let money = try committed(commitments)
            #expect(abs(full.steadyPerMonth.value - money.steadyPerMonth.value - 2 * 1.861 * 0.3 * 730) < 0.05)
            #expect(money.worstPerMonth.value == full.worstPerMonth.value)
            let surge = full.peakPerMonth.value - full.steadyPerMonth.value
            #expect(
                abs(money.peakPerMonth.value - money.steadyPerMonth.value - surge) < 0.05, "spot has its own discount")
        }
        #expect(try committed("{p5: 30%}").steadyPerMonth.value == full.steadyPerMonth.value)
    }

    @Test("pays reservations once, used or idle")
    func reservations() throws {
        func reserved(_ zone: String) -> String {
            "  reservations: [{id: cr-0123456789abcdef0, type: g6e.xlarge, zone: \(zone), count: 1, price: $1/hour}]\n"
        }
        let used = try planned(reserved("us-east-1a")).money
        #expect(abs(used.steadyPerMonth.value - (730 * (1 + 1.861) + 2 * 80 * 0.08)) < 0.02)
        var report = Report()
        let plan = try planned(reserved("us-east-1a"))
        let idle = try #require(Planning.plan(plan.spec.under([.lostZone("us-east-1a")], &report), &report)).money
        #expect(abs(idle.steadyPerMonth.value - (730 * (1 + 2 * 1.861) + 2 * 80 * 0.08)) < 0.02)
    }

    @Test("divides the hours by the tokens")
    func tokens() throws {
        let plan = try planned()
        let cost = try #require(plan.money.tokens.first)
        let millionsPerHour = 4.0 * 1250 * 3600 / 1_000_000
        #expect(abs(try #require(cost.steady).value - 2 * 1.861 / millionsPerHour) < 0.001)
        let rate = try #require(plan.models.first).placement.point.requestsPerSecond.value
        #expect(abs(cost.full.value - 1.861 / (rate * 1250 * 3600 / 1_000_000)) < 0.001)
    }

    @Test("divides a pool among its models, and counts reserved nodes at their price")
    func tokensOfShares() throws {
        let reserved = try planned(
            "  reservations: [{id: cr-0123456789abcdef0, type: g6e.xlarge, zone: us-east-1a, count: 2, price: $1/hour}]\n"
        )
        let millionsPerHour = 4.0 * 1250 * 3600 / 1_000_000
        #expect(abs(try #require(reserved.money.tokens.first?.steady).value - 2 / millionsPerHour) < 0.001)
        let traffic = "traffic: {requestsPerSecond: {steady: 4, peak: 4}, tokens: {input: 500, output: 100}}"
        let text =
            Self.head.replacing("\"1.14\"", with: "\"1.14\", featureGates: [NodeOverlay]") + "  models:\n"
            + ["3g.40gb", "1g.20gb"].enumerated().map { index, profile in
                """
                    - name: model-\(index)
                      source: microsoft/Phi-4-mini-instruct
                      pool: both
                      context: 4k
                      instances: {prefer: [p5.48xlarge]}
                      gpu: {share: {mig: \(profile)}}
                      \(traffic)

                """
            }.joined()
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report), "\(text)")
        let plan = try #require(plan(spec, &report))
        let pool = try #require(plan.pools.first)
        #expect(pool.size.nodes.value == 2 && pool.size.standsEvenly)
        let sum: Double = plan.money.tokens.compactMap(\.steady?.value).reduce(0, +)
        let paid: Double = sum * 4 * 600 * 3600 / 1_000_000
        #expect(abs(paid - 2 * 55.04) < 0.1, "together they pay for the pool, and no more")
    }

    @Test("counts surges of several sizes at the price of what each of them wants")
    func sizes() throws {
        let text =
            Self.head + Self.model.replacing("SPOT", with: "never")
                + """
                    - name: large
                      source: Qwen/Qwen3-32B
                      instances: {prefer: [g6e.12xlarge]}
                      gpu: {tensorParallel: 4}
                      replicas: {min: 1, max: 3}

                """
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report), "\(text)")
        let plan = try #require(plan(spec, &report))
        let pool = try #require(plan.pools.first { $0.role == .elastic })
        #expect(pool.hardware.types.count == 2 && pool.size.gpus.value == 8)
        let cost = try #require(plan.money.pools.first { $0.pool == pool.name.value })
        // Four small nodes and two large ones would be twelve GPUs, and there is room for two thirds of them.
        let perHour: Double = 4 * 1.861 + 2 * 10.49264
        let wanted: Double = perHour * 730 + 6 * 80 * 0.08
        #expect(abs(cost.peakPerMonth.value - wanted * 2 / 3) < 5, "\(cost.peakPerMonth.value)")
        #expect(cost.peakPerMonth.value <= cost.worstPerMonth.value)
    }

    @Test("expects a surge on spot where on-demand room is taken, and not before")
    func guests() throws {
        let hours = "  businessHours: {days: Mon-Fri, from: \"08:00\", to: \"20:00\"}\n"
        let text =
            Self.head + "    spotDiscount: 0%\n" + hours + Self.model.replacing("SPOT", with: "allowed")
                + """
                    - name: other
                      source: meta-llama/Llama-3.1-8B-Instruct
                      instances: {prefer: [g6e.xlarge]}
                      replicas: {min: 1, max: 4}

                """
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report), "\(text)")
        let plan = try #require(plan(spec, &report))
        func peak(_ role: PoolPlan.Role) throws -> Double {
            let pool = try #require(plan.pools.first { $0.role == role })
            return try #require(plan.money.pools.first { $0.pool == pool.name.value }).busyPerMonth.value
        }
        // In business hours `other` has two of three elastic nodes, and `chat` two more replicas: one for each pool.
        let node = 1.861 * 730 + 80 * 0.08
        #expect(abs(try peak(.elastic) - 3 * node) < 0.1)
        #expect(abs(try peak(.spot) - node) < 0.1)
    }

    @Test("asks for quotas by what they are called")
    func quotaNames() throws {
        let found = quotas(try planned(spot: "allowed").pools)
        #expect(found.map(\.name) == ["Running On-Demand G and VT instances", "All G and VT Spot Instance Requests"])
        #expect(found.first?.vcpus.value == 2 * 4)
    }
}
