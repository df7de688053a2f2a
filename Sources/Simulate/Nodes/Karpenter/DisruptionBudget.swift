import Groundwork

/// A disruption budget of a NodePool.
struct DisruptionBudget: Sendable {
    enum Reason: String, Sendable { case empty = "Empty", drifted = "Drifted", underutilized = "Underutilized" }
    enum Size: Sendable { case nodes(Int), percent(Int) }

    let size: Size
    /// Nil for every reason.
    let reasons: [Reason]?
    /// When it begins, in UTC, and its milliseconds; nil for always.
    let window: (schedule: CronSchedule, length: Int)?

    /// The budget of a pool without any.
    static let standard = DisruptionBudget(size: .percent(10), reasons: nil, window: nil)

    private init(size: Size, reasons: [Reason]?, window: (schedule: CronSchedule, length: Int)?) {
        (self.size, self.reasons, self.window) = (size, reasons, window)
    }

    /// Reads a budget; nil for one that Karpenter rejects.
    init?(reading value: ManifestValue) {
        guard let text = value["nodes"]?.text else { return nil }
        if text.hasSuffix("%") {
            guard let percent = Int(text.dropLast()) else { return nil }
            size = .percent(percent)
        } else {
            guard let count = Int(text) else { return nil }
            size = .nodes(count)
        }
        reasons = value["reasons"]?.items?.compactMap { $0.text.flatMap(Reason.init) }
        switch (value["schedule"]?.text, value["duration"]?.text) {
        case (let schedule?, let duration?):
            guard let cron = CronSchedule(Self.fields(of: schedule)), let length = queryDuration(duration) else {
                return nil
            }
            window = (cron, Int(length * 1000))
        case (nil, nil): window = nil
        default: return nil
        }
    }

    /// Whether it applies at a moment.
    func isActive(at now: VirtualTime, since epoch: Instant) -> Bool {
        guard let window else { return true }
        let seconds = epoch.seconds + now.wholeSeconds
        guard let next = window.schedule.next(after: seconds - window.length / 1000) else { return false }
        return next <= seconds
    }

    /// How many of some nodes may be disrupted.
    func allowed(of total: Int) -> Int {
        switch size {
        case .nodes(let count): count
        case .percent(let percent): (total * percent + 99) / 100
        }
    }

    /// The five fields of a macro such as `@daily`.
    private static func fields(of schedule: String) -> String {
        switch schedule {
        case "@yearly", "@annually": "0 0 1 1 *"
        case "@monthly": "0 0 1 * *"
        case "@weekly": "0 0 * * 0"
        case "@daily", "@midnight": "0 0 * * *"
        case "@hourly": "0 * * * *"
        default: schedule
        }
    }
}
