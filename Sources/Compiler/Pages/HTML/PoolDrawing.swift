import Groundwork

/// Draws a pool of the picture: its name, cost and capacity type above its nodes.
struct PoolDrawing {
    static let width = 320.0
    private static let (margin, gap) = (14.0, 12.0)
    private static let (name, cost) = (TextStyle(size: 14, isBold: true), TextStyle(size: 13))
    private static let (badge, small) = (TextStyle(size: 11), TextStyle(size: 12))
    private static let kind = TextStyle(size: 12, isBold: true)

    let pool: PicturedPool
    let height: Double
    /// What is drawn, from the upper left corner of the pool.
    let content: String

    init(_ pool: PicturedPool, _ labels: ModelLabels) {
        self.pool = pool
        let inner = Self.width - 2 * Self.margin
        let money = pool.peakPerMonth == nil ? pool.peakCost : "\(pool.peakCost) per month"
        let costWidth = Self.cost.width(of: money)
        // A long name has a line of its own.
        let isLong = Self.name.width(of: pool.name) > inner - costWidth - 10
        let room = isLong ? inner : inner - costWidth - 10
        var text = words(pool.name, x: Self.margin, y: 26, "name", Self.name, room: room)
        text += words(
            money, x: Self.width - Self.margin, y: isLong ? 51 : 26, "cost end", Self.cost, room: costWidth)
        var y = 38.0
        text += Self.badges(pool, room: isLong ? inner - costWidth - 10 : inner, &y)
        y += 10
        if pool.nodes.isEmpty {
            text += words("no node at peak load", x: Self.margin, y: y + 12, "faint", Self.small, room: inner)
            y += 20
        }
        for kind in kinds(pool.nodes) {
            let gpus = kind.first.map { "\($0.gpus.count) × \($0.gpu)" } ?? ""
            let line = "\(kind.count) × \(kind.first?.type ?? "")"
            let each = Self.small.width(of: gpus)
            text += words(line, x: Self.margin, y: y + 12, "kind", Self.kind, room: inner - each - 10)
            text += words(gpus, x: Self.width - Self.margin, y: y + 12, "faint end", Self.small, room: each)
            y += 21
            let perLine = NodeDrawing(node: kind[0], pool: pool, labels: labels).perLine
            for run in runs(kind, perLine: perLine) { text += Self.draw(run, of: pool, labels, &y) }
        }
        height = y + 2
        let frame = Frame(x: 0.5, y: 0.5, width: Self.width - 1, height: height - 1)
        var back = frame.rect("pool", rounded: 8)
        if pool.isManaged {
            back += Frame(x: 0.5, y: 10, width: 4, height: height - 20).rect("managed", rounded: 2)
        }
        content = element("g", [("class", "box")], back + text)
    }

    /// What the drawing shows, for a screen reader.
    var description: String {
        let steady = pool.nodes.count(where: \.isSteady)
        return
            (pool.badges + [
                "\(counted(pool.nodes.count, "node")) at peak load, \(steady) at steady load",
                "\(counted(pool.gpus, "GPU")), \(pool.spareGPUs) spare",
            ]).joined(separator: ", ") + "."
    }

    private static func badges(_ pool: PicturedPool, room: Double, _ y: inout Double) -> String {
        var (text, x) = ("", margin)
        for words in pool.badges {
            let width = badge.width(of: words) + 14
            if x > margin, x + width > margin + room { (x, y) = (margin, y + 22) }
            let frame = Frame(x: x, y: y, width: width, height: 18)
            let label = element(
                "text",
                [("x", coordinate(x + width / 2)), ("y", coordinate(y + 13)), ("class", "pill-text t11")],
                escaped(words))
            text += element(
                "g", [("class", "box")], frame.rect("pill \(words == "spot" ? "spot-pill" : "")", rounded: 9) + label)
            x += width + 6
        }
        y += 18
        return text
    }

    private static func draw(_ run: Run, of pool: PicturedPool, _ labels: ModelLabels, _ y: inout Double) -> String {
        let drawings = run.nodes.map { NodeDrawing(node: $0, pool: pool, labels: labels) }
        let (perLine, height) = (drawings[0].perLine, drawings[0].height)
        let step = (width - 2 * margin + gap) / Double(perLine)
        if run.isFolded {
            let isAlone = perLine == 1
            let x = isAlone ? margin : margin + step + 2
            let line = isAlone ? y + height + 22 : y + height / 2 + 4
            let text =
                drawings[0].draw(x: margin, y: y, width: step - gap - (isAlone ? 6 : 0), count: run.nodes.count)
                + words("× \(run.nodes.count) equal nodes", x: x, y: line, "kind", kind, room: width - margin - x)
            y += height + (isAlone ? 36 : 18)
            return text
        }
        let text = drawings.enumerated().map { index, drawing in
            let (column, line) = (Double(index % perLine), Double(index / perLine))
            return drawing.draw(x: margin + step * column, y: y + (height + 8) * line, width: step - gap, count: 1)
        }
        y += (height + 8) * Double((drawings.count + perLine - 1) / perLine) + 4
        return text.joined()
    }
}

/// Writes a text, shortened to the room for it; the whole of it is its tooltip then.
func words(_ text: String, x: Double, y: Double, _ style: String, _ size: TextStyle, room: Double) -> String {
    let shown = size.fitted(text, to: room)
    let tip = shown == text ? "" : element("title", escaped(text))
    return element(
        "text",
        [
            ("x", coordinate(x)), ("y", coordinate(y)),
            ("class", "\(style) t\(coordinate(size.size))\(size.isBold ? " bold" : "")"),
        ], tip + escaped(shown))
}

/// Nodes by type, in the order of the first of each.
private func kinds(_ nodes: [PicturedNode]) -> [[PicturedNode]] {
    var kinds: [[PicturedNode]] = []
    for node in nodes {
        if let index = kinds.firstIndex(where: { $0[0].type == node.type }) {
            kinds[index].append(node)
        } else {
            kinds.append([node])
        }
    }
    return kinds
}

/// Nodes that are drawn together: several equal ones as one, or others side by side.
private struct Run {
    var nodes: [PicturedNode]
    let isFolded: Bool
}

/// Parts nodes into runs: equal nodes are folded if they would take more than two lines.
private func runs(_ nodes: [PicturedNode], perLine: Int) -> [Run] {
    var equal: [[PicturedNode]] = []
    for node in nodes {
        if let last = equal.last, last[0] == node {
            equal[equal.count - 1].append(node)
        } else {
            equal.append([node])
        }
    }
    var runs: [Run] = []
    for part in equal {
        let isFolded = part.count > 2 * perLine
        if let last = runs.last, !last.isFolded, !isFolded {
            runs[runs.count - 1].nodes += part
        } else {
            runs.append(Run(nodes: part, isFolded: isFolded))
        }
    }
    return runs
}
