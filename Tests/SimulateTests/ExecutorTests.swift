import Foundation
import Simulate
import Testing

/// The decision table of KEDA's own executor, release 2.20.
@Suite(.enabled(if: traceFolder != nil, "STOWAGE_HPA_TRACES names no folder of traces"))
struct ExecutorTests {
    @Test("every write and every condition is that of KEDA's executor")
    func decides() throws {
        let lines = try traceLines("keda_executor.csv.gz").map { String(decoding: $0, as: UTF8.self) }
        let names = try #require(lines.first).split(separator: ",").map(String.init)
        var failures: [String] = []
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let row = Dictionary(uniqueKeysWithValues: zip(names, cells))
            if decided(row) != expected(row) { failures.append("\(line): \(decided(row))") }
        }
        #expect(lines.count > 20_000)
        #expect(failures.isEmpty, "\(failures.count) rows differ, as \(failures.prefix(3))")
    }

    /// What a row says that KEDA did.
    private func expected(_ row: [String: String]) -> [String?] {
        ["replicas_written", "last_active_set_to_now", "active_reason", "ready_reason"].map { row[$0] }
    }

    /// What the simulation does.
    private func decided(_ row: [String: String]) -> [String?] {
        func number(_ name: String) -> Int? { row[name].flatMap { Int($0) } }
        func replicas(_ name: String) -> Int32? { row[name].flatMap { Int32($0) } }
        let pauses: [String: ScaledObjectSpec.Pause] = ["paused": .atCurrent, "paused-replicas": .at(5)]
        let annotation = row["annotation"] ?? ""
        let spec = ScaledObjectSpec(
            minReplicas: replicas("min"), idleReplicas: replicas("idle"), cooldownPeriod: number("cooldown_s"),
            initialCooldownPeriod: number("initial_cooldown_s"),
            fallback: number("fallback_replicas").map { KEDAFallback(failureThreshold: 3, replicas: $0) },
            pause: pauses[annotation] ?? .none, pausesScaleIn: annotation == "paused-scale-in",
            pausesScaleOut: annotation == "paused-scale-out", forcesActivation: annotation == "force-activation")
        let now = VirtualTime.seconds(1_000_000)
        let decision = spec.requestScale(
            KEDAState(
                isActive: row["isActive"] == "true", isError: row["isError"] == "true",
                replicas: replicas("cur") ?? -1, created: now - (number("created_age_ms") ?? 0),
                lastActive: number("last_active_age_ms").map { now - $0 }), at: now)
        return [
            decision.written.map { "\($0)" } ?? "", "\(decision.refreshes)", decision.active?.rawValue ?? "",
            decision.ready.rawValue,
        ]
    }
}
