import Groundwork

extension Recognizer {
    /// How the replicas scale.
    func scaling(of model: FoundModel, _ found: FoundScaling) -> SpecValue? {
        guard let scaler = found.scaler else { return .mapping([("by", .plain("none", "no autoscaler was found"))]) }
        let own = scaler.root.at("metadata", "name") ?? scaler.root
        var by: SpecValue?
        var adopted: SpecValue?
        if found.isKEDA {
            let name = scaler.spec?.at("advanced", "horizontalPodAutoscalerConfig", "name")
            adopted = name.map { .string($0.text ?? "", $0.home) }
        } else if scaler.name == model.name {
            by = .plain("hpa", own.home)
        } else {
            // A second autoscaler would contend with it: KEDA takes it over by its name.
            adopted = .string(scaler.name, own.home)
        }
        let signals = found.signals.map(\.signal)
        let signal =
            signals.isEmpty || signals == ["concurrency"]
            ? nil
            : SpecValue.list(signals.map { .plain($0) }, found.signals.first?.home ?? "")
        let cooldown = found.behavior?.at("scaleDown", "stabilizationWindowSeconds")
        return SpecValue.mapping([
            ("by", by), ("signal", signal),
            ("up", share(found, model)),
            (
                "cooldown",
                needed.contains("\(model.name)/cooldown") ? cooldown.map { .plain("\($0.text ?? "")s", $0.home) } : nil
            ),
            ("schedule", schedule(scaler)), ("adopt", adopted),
        ]).unlessEmpty
    }

    /// The replicas for which GPUs are kept free: by placeholder pods, or by a buffer of Karpenter.
    func headroom(of model: FoundModel) -> SpecValue? {
        let names = model.workloads.map(\.name)
        let placeholders = tree.all("Deployment").first {
            $0.template?.at("metadata", "labels", "stowage.dev/headroom")?.text == model.name
        }
        let buffer = tree.all("CapacityBuffer").first {
            names.contains($0.spec?.at("scalableRef", "name")?.text ?? "")
        }
        return (placeholders ?? buffer)?.spec?["replicas"].map { .plain($0.text ?? "1", $0.home) }
    }

    /// The scale-up threshold as a share of what a replica sustains, where no class has it.
    private func share(_ found: FoundScaling, _ model: FoundModel) -> SpecValue? {
        guard found.workloadClass == nil, let trigger = found.signals.first(where: { $0.signal == "concurrency" }),
            let limit = model.arguments.flag("--max-num-seqs")?.value.flatMap(Double.init), limit > 0
        else { return nil }
        let percent = (trigger.threshold / limit * 100).rounded()
        return percent >= 30 && percent < 100 ? .plain("\(Int(percent))%", "\(trigger.home), of --max-num-seqs") : nil
    }

    /// The windows of cron triggers.
    private func schedule(_ scaler: ImportedObject) -> SpecValue? {
        let windows = (scaler.spec?["triggers"]?.items ?? []).compactMap { trigger -> SpecValue? in
            guard trigger["type"]?.text == "cron", let metadata = trigger["metadata"],
                let start = metadata["start"]?.text.flatMap(CronTime.init),
                let end = metadata["end"]?.text.flatMap(CronTime.init),
                let least = metadata["desiredReplicas"]
            else { return nil }
            return .mapping(
                [
                    ("days", .string(start.days)), ("from", .string(start.time)), ("to", .string(end.time)),
                    ("min", .plain(least.text ?? "")),
                ], metadata.home)
        }
        return SpecValue.list(windows).unlessEmpty
    }

    /// The time zone of the first cron trigger.
    var scheduleZone: ManifestValue? {
        let triggers = tree.all("ScaledObject").flatMap { $0.spec?.items(of: "triggers") ?? [] }
        return triggers.first { $0["type"]?.text == "cron" }?.at("metadata", "timezone")
    }
}

/// A weekly time in cron's notation: `30 8 * * 1-5`.
struct CronTime {
    let hour: Int
    let minute: Int
    /// The days as a spec writes them.
    let days: String
    /// The days of the week, Sunday first.
    let numbers: [Int]

    var time: String { clock(hour * 60 + minute) }

    /// Reads a time with days of the week; nil for other schedules.
    init?(_ text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 5, let minute = Int(fields[0]), let hour = Int(fields[1]), fields[2] == "*",
            fields[3] == "*"
        else { return nil }
        (self.hour, self.minute) = (hour, minute)
        var numbers: [Int] = []
        for part in fields[4].split(separator: ",") {
            let ends = part.split(separator: "-").compactMap { Int($0) }
            if part == "*" {
                numbers += Array(0...6)
            } else if ends.count == 2, ends[0] <= ends[1] {
                numbers += Array(ends[0]...ends[1])
            } else if ends.count == 1 {
                numbers.append(ends[0])
            } else {
                return nil
            }
        }
        self.numbers = numbers.map { $0 % 7 }
        days = daysText(self.numbers)
    }
}

/// A time of the day.
func clock(_ minutes: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
}

/// Days of the week as a spec writes them: a range if they are one.
func daysText(_ numbers: [Int]) -> String {
    let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    // Monday first, as ranges of days are written.
    let sorted = Set(numbers).sorted { ($0 + 6) % 7 < ($1 + 6) % 7 }
    guard let first = sorted.first, let last = sorted.last, sorted.count > 1 else {
        return sorted.map { names[$0] }.joined()
    }
    let isRange = (last + 6) % 7 - (first + 6) % 7 == sorted.count - 1
    return isRange ? "\(names[first])-\(names[last])" : sorted.map { names[$0] }.joined(separator: ",")
}
