import Groundwork
import Planning
import Simulate

/// What surges do to a cluster, as a page beside `PLAN.md`; `picture` is the file of its picture, in the same folder.
package func surgePage(_ study: SurgeStudy, picture: String) -> String {
    let minutes = Int(SurgeTimes.length / 60)
    var text = """
        # \(study.name): what happens in a surge

        The load of one model rises from steady to peak within a minute, after \(Int(SurgeTimes.start / 60)) minutes, and stays there for \(minutes) \
        minutes; the other models have their steady load. Simulated over the manifests, with seed \(study.seed).

        `stowage simulate --report` wrote this page: run it again when the spec changes. `stowage generate` leaves the page as it is.

        ![Load, replicas and latency in the surge of each model](\(picture))

        """
    text += "\n" + surgeTable(study)
    if !study.even.isEmpty { text += "\nNo surge: the peak load of \(enumerated(study.even)) is its steady load.\n" }
    text += "\n## What it takes to hold it\n\n" + remedies(study)
    text += "\n## Who takes capacity from whom\n\n" + takers(study)
    return text + study.surges.map(course).joined()
}

/// The outcome of each surge.
private func surgeTable(_ study: SurgeStudy) -> String {
    let rates = Notation.rounded(2)
    let rows = study.surges.map { surge -> [String] in
        let (tally, minutes) = (surge.model.tally, surge.minutes)
        let event = surge.scenario.events.first
        return [
            surge.name, "\(rates.text(surge.steady)) → \(rates.text(surge.peak))",
            "\(surge.result.samples[Int(SurgeTimes.start / 60)].models[surge.place].ready) → \(surge.model.mostReady)",
            tally.ttft.map { "\(surge.model.latency.words) \(percent($0.share)) ≤ \(seconds($0.seconds))" } ?? "none",
            minutes.answer.map(percent) ?? "–",
            tally.ttft == nil ? "–" : tally.worst(atLeast: worstRequests).map { percent($0.share) } ?? "–",
            minutes.tpot.map(percent) ?? "–", rejected(tally),
            event.map { recoveryWords([surge.result], surge.name, from: $0) ?? "not affected" } ?? "–",
            difference(surge.extra),
        ]
    }
    return Table(
        head: [
            "surge of", "requests/s", "ready replicas", "objective", "within, in the surge", "worst minute",
            "within TPOT", "rejected", "time to recover", "cost of the surge",
        ], words: rows
    ).text.text
}

/// The requests that replicas rejected or that found none, with their share of all.
private func rejected(_ tally: ModelTally) -> String {
    guard tally.rejected > 0, tally.arrived > 0 else { return "0" }
    return
        "\(Notation.grouped.text(Double(tally.rejected))) (\(percent(Double(tally.rejected) / Double(tally.arrived))))"
}

/// What holds each surge that is not held.
private func remedies(_ study: SurgeStudy) -> String {
    var rows: [[String]] = []
    var lines: [String] = []
    for surge in study.surges {
        switch surge.remedy {
        case .notNeeded: continue
        case .none(let reason): lines.append("- `\(surge.name)`: no minimum of replicas holds it: \(reason)\n")
        case .change(let words, let minutes, let expected, let worst):
            rows.append([
                surge.name, "`\(words)`", minutes.answer.map(percent) ?? "–", minutes.tpot.map(percent) ?? "–",
                cost(expected), cost(worst),
            ])
        }
    }
    if rows.isEmpty, lines.isEmpty { return "The objectives hold in the surge of each model that has some.\n" }
    var text = ""
    if !rows.isEmpty {
        text =
            Table(
                head: [
                    "surge of", "change of the spec", "within", "within TPOT", "expected, $/month",
                    "worst case, $/month",
                ],
                words: rows
            ).text.text
        text += """

            Each change was compiled and simulated alone: it is the least number of replicas that are always ready with which the objectives hold in the \
            surge. If surges come at known hours, a window of `scaling.schedule` with the same minimum costs less.

            """
    }
    return text + (text.isEmpty || lines.isEmpty ? "" : "\n") + lines.joined()
}

/// The pods that one model preempts of another.
private func takers(_ study: SurgeStudy) -> String {
    var lines: [String] = []
    for surge in study.surges {
        for taken in surge.result.preemptions {
            var line =
                "- In the surge of `\(surge.name)`, `\(taken.taker)` preempts \(counted(taken.count, "pod")) of `\(taken.victim)`."
            let place = surge.result.models.firstIndex { $0.name == taken.models.victim }
            if let place {
                let victim = surge.result.models[place]
                let since = Double(taken.first.milliseconds) / 1000
                let event = SimulatedEvent(seconds: since, words: "")
                line += " `\(victim.name)` keeps at least \(counted(victim.leastReady, "ready replica"))"
                line += surge.minimums[victim.name].map { ", of a minimum of \($0)" } ?? ""
                line +=
                    recoveryWords([surge.result], victim.name, from: event).map {
                        ", and has all that it wants again after \($0)."
                    } ?? ", and its objectives hold."
            }
            lines.append(line + "\n")
        }
    }
    return lines.isEmpty ? "No model preempts pods of another.\n" : lines.joined()
}

/// What happens in the surge of one model, with the rules behind it.
private func course(_ surge: ModelSurge) -> String {
    let most = 20
    let own = ["", "-base", "-surge"].map { surge.name + $0 }
    let told = surge.result.entries.filter { entry in
        let isOwn = own.contains(entry.subject)
        return entry.time >= .seconds(Int(SurgeTimes.start))
            && (entry.kind == .preemption || entry.kind != .node && isOwn)
    }
    guard !told.isEmpty else { return "" }
    let lines = told.prefix(most).map { entry in
        let delay = entry.delay.isEmpty ? "" : " (\(entry.delay))"
        return "\(clock(entry.time)) \(entry.subject): \(entry.text)\(delay)\n"
    }
    let rest = told.count > most ? "… and \(told.count - most) more\n" : ""
    return "\n## The surge of \(surge.name)\n\n```\n" + lines.joined() + rest + "```\n"
}

/// `$12,300 (+$1,200)`.
private func cost(_ cost: ModelSurge.Cost) -> String { "\(dollars(cost.total)) (\(difference(cost.more)))" }

/// `+$12` or `−$3`.
private func difference(_ amount: Double) -> String {
    abs(amount) < 0.5 ? "+$0" : "\(amount < 0 ? "−" : "+")\(dollars(abs(amount)))"
}
