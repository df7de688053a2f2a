import Groundwork

/// A chart over the time of a simulation: lines that share a scale, with marks for events.
struct TimelineChart {
    /// One line.
    struct Line {
        let name: String
        /// A class of the page's style.
        let style: String
        /// One value for each step; nil leaves a gap.
        let values: [Double?]
        /// Whether a value holds until the next.
        var isStepped = false
    }

    let title: String
    let unit: String
    let lines: [Line]
    /// A level that is drawn across, such as an objective.
    var level: (name: String, value: Double)?
    /// Steps at which something happened, with its words.
    var marks: [(step: Double, words: String)] = []
    /// Seconds of a step.
    let step: Double

    /// The width of the area of the lines.
    var width = 640.0
    private let left = 64.0
    private let top = 22.0
    private let height = 96.0

    /// The size of the whole drawing.
    var size: (width: Double, height: Double) { (left + width + 16, top + height + 22) }

    /// What stands on the axes, the marks and the lines, without the title.
    var content: String {
        let most = max(lines.flatMap(\.values).compactMap { $0 }.max() ?? 0, (level?.value ?? 0) * 1.1, 1e-9)
        let scale = Self.rounded(most)
        let count = lines.map(\.values.count).max() ?? 0
        func x(_ step: Double) -> Double { left + width * step / Double(max(1, count - 1)) }
        func y(_ value: Double) -> Double { top + height * (1 - min(1, value / scale)) }
        var content = ""
        for share in [0.0, 0.5, 1] {
            let line = coordinate(y(scale * share))
            content += shape(
                "line",
                [
                    ("x1", coordinate(left)), ("x2", coordinate(left + width)), ("y1", line), ("y2", line),
                    ("class", "grid"),
                ])
            content += element(
                "text", [("x", coordinate(left - 6)), ("y", coordinate(y(scale * share) + 4)), ("class", "end")],
                Notation.plain.text((scale * share).rounded(3)))
        }
        for hour in ticks(count) {
            content += element(
                "text",
                [
                    ("x", coordinate(x(hour / step))), ("y", coordinate(top + height + 16)),
                    ("class", "tick"),
                ], Self.clock(hour))
        }
        for mark in marks {
            let place = coordinate(x(mark.step))
            content += element(
                "line",
                [
                    ("x1", place), ("x2", place), ("y1", coordinate(top)),
                    ("y2", coordinate(top + height)), ("class", "event"),
                ], element("title", escaped(mark.words)))
        }
        if let level {
            let line = coordinate(y(level.value))
            content += element(
                "line",
                [
                    ("x1", coordinate(left)), ("x2", coordinate(left + width)), ("y1", line), ("y2", line),
                    ("class", "goal"),
                ], element("title", escaped(level.name)))
        }
        for line in lines { content += draw(line, x: x, y: y) }
        return content
    }

    /// Draws it as a figure of a page; `id` distinguishes it there.
    func draw(_ id: String) -> String {
        let words = lines.map { line in
            "\(line.name) at most \(Notation.plain.text((line.values.compactMap { $0 }.max() ?? 0).rounded(2)))"
        }
        let legend = lines.map {
            element("li", element("span", [("class", "swatch \($0.style)")], "") + escaped($0.name))
        }
        return element(
            "figure",
            element("figcaption", "\(escaped(title)), \(escaped(unit))")
                + drawing(
                    id, title: title, description: words.joined(separator: ", ") + ".", width: Int(size.width),
                    height: Int(size.height), content)
                + (lines.count > 1 ? element("ul", [("class", "legend")], legend.joined()) : ""))
    }

    private func draw(_ line: Line, x: (Double) -> Double, y: (Double) -> Double) -> String {
        var path = ""
        var isOpen = false
        for (place, value) in line.values.enumerated() {
            guard let value else {
                isOpen = false
                continue
            }
            let point = "\(coordinate(x(Double(place)))) \(coordinate(y(value)))"
            if isOpen, line.isStepped {
                path += "H\(coordinate(x(Double(place))))V\(coordinate(y(value)))"
            } else {
                path += "\(isOpen ? "L" : "M")\(point)"
            }
            isOpen = true
        }
        return shape("path", [("d", path), ("class", "line \(line.style)")])
    }

    /// The seconds at which the axis has a time: so many that they do not touch.
    private func ticks(_ count: Int) -> [Double] {
        let all = Double(max(0, count - 1)) * step
        let distances = [300.0, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800]
        let distance = distances.first { all / $0 <= width / 80 } ?? 2_592_000
        return stride(from: 0, through: all, by: distance).map { $0 }
    }

    /// `09:30`, with the day from the second one on.
    private static func clock(_ seconds: Double) -> String {
        let minutes = Int(seconds / 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = minutes / 1440
        return (day > 0 ? "\(day)d " : "") + "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
    }

    /// The least of 1, 2 and 5 times a power of ten at or above a number.
    private static func rounded(_ value: Double) -> Double {
        var power = 1e-9
        while power * 10 < value { power *= 10 }
        return [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= value } ?? value
    }
}
