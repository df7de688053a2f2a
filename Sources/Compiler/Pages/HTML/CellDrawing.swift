import Groundwork

/// A rectangle of a drawing.
struct Frame {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    /// Its attributes, as `rect` has them.
    var attributes: [(String, String)] {
        [("x", coordinate(x)), ("y", coordinate(y)), ("width", coordinate(width)), ("height", coordinate(height))]
    }

    /// Draws it.
    func rect(_ style: String, rounded: Double = 2) -> String {
        shape("rect", attributes + [("rx", coordinate(rounded)), ("class", style)])
    }

    /// Lines across it that rise or fall, so that it looks hatched.
    func hatch(_ style: String, step: Double, falls: Bool = false) -> String {
        var path = ""
        var sum = step / 2
        while sum < width + height {
            let (left, right) = (max(0, sum - height), min(width, sum))
            func point(_ distance: Double) -> String {
                let down = sum - distance
                return "\(coordinate(x + distance)) \(coordinate(y + (falls ? height - down : down)))"
            }
            path += "M\(point(left))L\(point(right))"
            sum += step
        }
        return shape("path", [("d", path), ("class", style)])
    }

    /// Dots on it.
    func dots(_ style: String, step: Double) -> String {
        var path = ""
        for row in 0..<Int(height / step) {
            for column in 0..<Int(width / step) {
                let (left, top) = (x + step * (Double(column) + 0.5), y + step * (Double(row) + 0.5))
                path += "M\(coordinate(left)) \(coordinate(top))h0"
            }
        }
        return shape("path", [("d", path), ("class", "\(style) dot")])
    }
}

/// The colors and patterns of models: ten colors, and a pattern from the eleventh model on.
struct ModelPaint {
    static let colors = 10
    private let color: Int
    private let pattern: Int

    init(_ model: Int) { (color, pattern) = (model % Self.colors, model / Self.colors % 4) }

    /// The class of a shape: solid for the minimum replicas, light for those that are added at peak load.
    func fill(isSteady: Bool) -> String { isSteady ? "m\(color)" : "l\(color)" }

    /// The pattern over a shape; empty for the first ten models.
    func overlay(_ frame: Frame, isSteady: Bool) -> String {
        let style = isSteady ? "over" : "over s\(color)"
        switch pattern {
        case 1: return frame.hatch(style, step: 7, falls: true)
        case 2: return frame.dots(style, step: 5)
        case 3: return frame.hatch(style, step: 5) + frame.hatch(style, step: 5, falls: true)
        default: return ""
        }
    }

    /// A text over a shape, on a plate in the color of the shape that keeps gaps and patterns away from the letters.
    func label(_ text: String, in frame: Frame, _ style: TextStyle, isSteady: Bool) -> String {
        if text.isEmpty { return "" }
        let width = min(style.width(of: text) + 4, frame.width - 1.5)
        let height = min(style.size + 3, frame.height - 1.5)
        let plate = Frame(
            x: frame.x + (frame.width - width) / 2, y: frame.y + (frame.height - height) / 2, width: width,
            height: height)
        return plate.rect("plate \(fill(isSteady: isSteady))", rounded: 1)
            + element(
                "text",
                [
                    ("x", coordinate(frame.x + frame.width / 2)),
                    ("y", coordinate(frame.y + frame.height / 2 + style.size * 0.36)),
                    ("class", "on t\(coordinate(style.size))\(isSteady ? " solid" : "")"),
                ], escaped(text))
    }
}

/// How models are named on cells: by name where it fits, otherwise by their number in the key.
struct ModelLabels {
    let names: [String]
    private static let sizes = [11.0, 10].map { TextStyle(size: $0, isBold: true) }

    /// Writes the name of a model, or its number, into a shape.
    func draw(_ model: Int, in frame: Frame, isSteady: Bool) -> String {
        let (paint, room) = (ModelPaint(model), frame.width - 3)
        for style in Self.sizes where frame.height >= style.size + 2 {
            let name = style.fitted(names[model], to: room)
            if name == names[model] || style == Self.sizes.last && name.count > 6 {
                return paint.label(name, in: frame, style, isSteady: isSteady)
            }
        }
        for size in [11.0, 9] where frame.height >= size + 2 {
            let style = TextStyle(size: size, isBold: true)
            if style.width(of: "\(model + 1)") <= frame.width - 1 {
                return paint.label("\(model + 1)", in: frame, style, isSteady: isSteady)
            }
        }
        return ""
    }

    /// Writes the name of a model, or its number, at the bottom of a frame.
    func caption(_ model: Int, below frame: Frame) -> String {
        let style = TextStyle(size: 10, isBold: true)
        let name = style.fitted(names[model], to: frame.width)
        let text = name == names[model] || name.count > 6 ? name : "\(model + 1)"
        return element(
            "text",
            [
                ("x", coordinate(frame.x + frame.width / 2)), ("y", coordinate(frame.y + frame.height - 1.5)),
                ("class", "on t10"),
            ], escaped(text))
    }

    /// What a replica is, for its tooltip.
    func title(_ replica: PicturedReplica) -> String {
        element(
            "title",
            escaped(
                "\(names[replica.model]), \(replica.isSteady ? "minimum replica" : "replica added at peak load")"))
    }
}
