import Groundwork
import Planning

/// The thresholds of a model on one axis, from no load to the load that a replica sustains.
func thresholdChart(_ model: ModelPlan, _ levels: AlertLevels) -> String {
    let limit = max(levels.limit.value, levels.critical.value)
    let marks: [(name: String, value: Double)] = [
        ("scale down", levels.scaleDown.value), ("scale up", levels.scaleUp.value), ("warning", levels.warning.value),
        ("critical", levels.critical.value), ("limit", levels.limit.value),
    ]
    let (left, width) = (10.0, 700.0)
    func x(_ value: Double) -> Double { limit > 0 ? left + width * value / limit : left }
    let zones = ["idle", "steady", "rising", "warning", "critical"]
    var content = ""
    for (index, zone) in zones.enumerated() {
        let start = index == 0 ? left : x(marks[index - 1].value)
        content += shape(
            "rect",
            [
                ("x", coordinate(start)), ("y", "8"), ("width", coordinate(x(marks[index].value) - start)),
                ("height", "18"), ("class", "zone \(zone)"),
            ])
    }
    var labels = LabelRows()
    for mark in marks {
        let text = "\(mark.name) \(changeNumber(mark.value))"
        let start = x(mark.value) - Double(text.count) * letterWidth
        let row = labels.row(from: start, to: x(mark.value))
        let (place, baseline) = (coordinate(x(mark.value)), 42 + row * 16)
        content += shape(
            "line",
            [
                ("x1", place), ("x2", place), ("y1", "4"), ("y2", "\(baseline)"),
                ("class", "mark \(mark.name == "limit" ? "last" : "")"),
            ]
        )
        let fits = start >= 0
        content += element(
            "text",
            [
                ("x", coordinate(fits ? x(mark.value) - 4 : x(mark.value) + 4)), ("y", "\(baseline)"),
                ("class", fits ? "end" : ""),
            ], escaped(text))
    }
    let words = marks.map { "\($0.name) \(changeNumber($0.value))" }.joined(separator: ", ")
    let title = "\(model.name): \(levels.signal.unit) per replica"
    return element(
        "figure",
        element(
            "figcaption", element("strong", escaped(model.name)) + escaped(", \(levels.signal.unit) per replica"))
            + drawing(
                "levels-\(model.name)-\(levels.signal.signal.rawValue)", title: title, description: words + ".",
                width: 720,
                height: 34 + labels.count * 16, content))
}

/// The rows of labels under an axis, from left to right.
///
/// A label ends at its mark, from which a line leads down to it, so no later line crosses it. If an earlier label or line is in the
/// way, it moves down a row.
struct LabelRows {
    private var ends: [(row: Int, end: Double)] = []

    /// The number of rows in use.
    var count: Int { (ends.map(\.row).max() ?? 0) + 1 }

    /// Finds the row of the next label, which covers the space between two places.
    mutating func row(from start: Double, to end: Double) -> Int {
        let row = ends.filter { $0.end + 6 > start }.map { $0.row + 1 }.max() ?? 0
        ends.append((row, end))
        return row
    }
}

/// The width of a letter in the units of the charts: generous, since fonts differ.
private let letterWidth = 6.8
