import Diagnostics
import Groundwork
import Simulate

/// Something from which models have to recover: the start of a surge, or an incident.
struct SimulatedEvent: Sendable {
    /// Since the start of the simulation.
    let seconds: Double
    let words: String
}

extension LoadScenario {
    /// The surge and the incidents, in the order of time.
    var events: [SimulatedEvent] {
        var events = incidents.map { incident in
            SimulatedEvent(seconds: Double(incident.time.milliseconds) / 1000, words: incident.words)
        }
        if trace == nil, case .surge(let times, let at, _) = shape {
            let height = times.map { "\(Notation.plain.text($0)) times the steady load" } ?? "peak load"
            let owner = models.isEmpty ? "" : " of \(models.joined(separator: ", "))"
            events.append(SimulatedEvent(seconds: at, words: "surge\(owner) to \(height)"))
        }
        return events.sorted { $0.seconds < $1.seconds }
    }
}

/// The times in which one model recovers from an event, over the runs, as words; nil if no run affects it.
func recoveryWords(_ runs: [ReplayResult], _ name: String, from event: SimulatedEvent) -> String? {
    let found = runs.compactMap { run -> Recovery? in
        run.models.firstIndex { $0.name == name }.map { run.recovery(of: $0, from: event.seconds) }
    }
    guard found.contains(where: { $0 != .unaffected }) else { return nil }
    let minutes = RunRange(
        found.compactMap { recovery -> Double? in
            switch recovery {
            case .unaffected: 0
            case .after(let seconds): seconds / 60
            case .never: nil
            }
        })
    let never = found.count { $0 == .never }
    let whole = Notation.rounded(0).text
    let range = minutes.map { "\($0.text { whole($0.rounded(.up)) }) min" }
    guard never > 0 else { return range }
    let rest = Int((Double(runs.first?.duration ?? 0) / 1000 - event.seconds) / 60)
    let last = "not within \(rest) min"
    return range.map { "\($0), \(last) in \(never) of \(found.count) runs" } ?? last
}

/// The models that an event affects in one of the runs, in their order.
private func affected(_ runs: [ReplayResult], by event: SimulatedEvent) -> [(name: String, words: String)] {
    (runs.first?.models ?? []).compactMap { model in
        recoveryWords(runs, model.name, from: event).map { (model.name, $0) }
    }
}

/// How long each model takes to recover from each event, as a table; empty without events.
func recoveryTable(_ scenario: LoadScenario, _ runs: [ReplayResult]) -> String {
    let rows = scenario.events.flatMap { event -> [[String]] in
        let start = [event.words, clock(.seconds(Int(event.seconds)))]
        let models = affected(runs, by: event)
        return models.isEmpty ? [start + ["none", "–"]] : models.map { start + [$0.name, $0.words] }
    }
    guard !rows.isEmpty else { return "" }
    return "\n" + Table(head: ["event", "at", "affected model", "time to recover"], words: rows).text.text
}

/// The same for two clusters, side by side.
func recoveryComparison(_ scenario: LoadScenario, _ first: [ReplayResult], _ second: [ReplayResult]) -> String {
    let rows = scenario.events.flatMap { event -> [[String]] in
        let sides = [affected(first, by: event), affected(second, by: event)]
        var names = sides[0].map(\.name)
        for model in sides[1] where !names.contains(model.name) { names.append(model.name) }
        return names.map { name in
            [event.words, name] + sides.map { side in side.first { $0.name == name }?.words ?? "not affected" }
        }
    }
    guard !rows.isEmpty else { return "" }
    return "\n" + Table(head: ["event", "affected model", "time to recover, A", "B"], words: rows).text.text
}

/// How long each model takes to recover from each event in one run.
func recoveryJSON(_ scenario: LoadScenario, _ run: ReplayResult) -> JSON {
    .array(
        scenario.events.map { event in
            let models = run.models.indices.compactMap { place -> JSON? in
                let seconds: JSON
                switch run.recovery(of: place, from: event.seconds) {
                case .unaffected: return nil
                case .after(let length): seconds = .number(length.rounded(0))
                case .never: seconds = .null
                }
                return ["model": .string(run.models[place].name), "recoverySeconds": seconds]
            }
            return [
                "event": .string(event.words), "seconds": .number(event.seconds), "affected": .array(models),
            ]
        })
}
