import Groundwork

/// Draws a node: a box with a cell for each of its GPUs.
struct NodeDrawing {
    let node: PicturedNode
    let pool: PicturedPool
    let labels: ModelLabels

    private static let padding = 4.0
    /// The gap between rows, and the room for the names of replicas that have several GPUs.
    private static let (gap, caption) = (3.0, 12.0)
    /// The gap between replicas, and between the GPUs of one replica.
    private static let (apart, joined) = (5.0, 1.5)

    /// The cells of a row: few where a cell has several parts.
    private var perRow: Int { min(pool.isDivided ? 4 : 8, node.gpus.count) }
    private var rows: Int { (node.gpus.count + perRow - 1) / perRow }
    /// Whether a replica has several GPUs: its name stands below them.
    private var hasCaptions: Bool {
        zip(node.gpus, node.gpus.dropFirst()).contains { !$0.isSpare && Self.isJoined($0, $1) } && !pool.isDivided
    }
    /// The height of a cell: more where replicas are drawn one above the other.
    private var cell: Double {
        var most = 1
        if case .timeSlicing = pool.layout {
        } else {
            most = node.gpus.flatMap(\.parts).map(\.capacity).max() ?? 1
        }
        return most > 1 ? Double(min(most, 6)) * 12.5 : hasCaptions ? 16 : 22
    }
    private var rowHeight: Double { cell + (hasCaptions ? Self.caption : 0) + Self.gap }

    /// The nodes that stand side by side in a pool.
    var perLine: Int { pool.isDivided ? (node.gpus.count > 2 ? 1 : 2) : (node.gpus.count > 1 ? 2 : 4) }
    var height: Double { 2 * Self.padding + Double(rows) * rowHeight - Self.gap }

    /// Whether two adjacent GPUs belong to one replica, or to none.
    private static func isJoined(_ left: PicturedGPU, _ right: PicturedGPU) -> Bool {
        left.parts[0].replicas.first?.number == right.parts[0].replicas.first?.number
    }

    /// Where the cells are.
    private func cells(x: Double, y: Double, width: Double) -> [Frame] {
        (0..<rows).flatMap { row -> [Frame] in
            let gpus = Array(node.gpus[(row * perRow)..<min((row + 1) * perRow, node.gpus.count)])
            let gaps = zip(gpus, gpus.dropFirst()).map {
                !pool.isDivided && Self.isJoined($0, $1) ? Self.joined : Self.apart
            }
            // A last row may be shorter: its cells are as wide as those above it.
            let missing = Double(perRow - gpus.count) * Self.apart
            let sum = gaps.reduce(missing, +)
            let cellWidth = (width - 2 * Self.padding - sum) / Double(perRow)
            var left = x + Self.padding
            return gpus.indices.map { index in
                defer { left += cellWidth + (index < gaps.count ? gaps[index] : 0) }
                return Frame(
                    x: left, y: y + Self.padding + rowHeight * Double(row), width: cellWidth, height: cell)
            }
        }
    }

    /// Draws it, and a stack behind it if it stands for several.
    func draw(x: Double, y: Double, width: Double, count: Int) -> String {
        let box = Frame(x: x, y: y, width: width, height: height)
        let cells = cells(x: x, y: y, width: width)
        var style = "node" + (node.isSteady ? "" : " added") + (pool.isSpot ? " spot-node" : "")
        if node.isReserved { style += " reserved" }
        var text = ""
        if count > 1 {
            for step in [6.0, 3] {
                text += Frame(x: x + step, y: y + step, width: width, height: height).rect("node stack", rounded: 4)
            }
        }
        text += box.rect(style, rounded: 4)
        if node.isReserved {
            text += Frame(x: x + 2, y: y + 2, width: width - 4, height: height - 4).rect("inner", rounded: 3)
        }
        text += pool.isDivided ? cells.indices.map { divided(node.gpus[$0], cells[$0]) }.joined() : whole(cells)
        return element("g", [("class", "box"), ("data-nodes", "\(count)")], text) + "\n"
    }

    /// Draws whole GPUs: adjacent cells of one replica share a label.
    private func whole(_ cells: [Frame]) -> String {
        var text = ""
        var first = 0
        while first < cells.count {
            let replica = node.gpus[first].parts[0].replicas.first
            var last = first
            while replica != nil, last + 1 < cells.count, cells[last + 1].y == cells[first].y,
                node.gpus[last + 1].parts[0].replicas.first == replica
            {
                last += 1
            }
            let frame = Frame(
                x: cells[first].x, y: cells[first].y, width: cells[last].x + cells[last].width - cells[first].x,
                height: cell + (hasCaptions ? Self.caption : 0))
            text += element(
                "g", [("class", "box")],
                replica.map { own(cells[first...last], frame, $0) }
                    ?? spare(cells[first], "gpu", "spare GPU"))
            first = last + 1
        }
        return text
    }

    /// The cells of one replica.
    private func own(_ cells: ArraySlice<Frame>, _ frame: Frame, _ replica: PicturedReplica) -> String {
        let paint = ModelPaint(replica.model)
        let fill = paint.fill(isSteady: replica.isSteady)
        var text = labels.title(replica)
        for cell in cells { text += cell.rect("gpu \(fill)") + paint.overlay(cell, isSteady: replica.isSteady) }
        text +=
            hasCaptions
            ? labels.caption(replica.model, below: frame)
            : labels.draw(replica.model, in: frame, isSteady: replica.isSteady)
        return text + cells.map(claim).joined()
    }

    /// Draws a GPU with several replicas.
    private func divided(_ gpu: PicturedGPU, _ cell: Frame) -> String {
        let sum = Double(max(1, gpu.parts.reduce(0) { $0 + $1.width }))
        var text = cell.rect("gpu open")
        var left = 0
        for part in gpu.parts {
            // A gap on both sides: nothing is shared between MIG instances.
            let edge = gpu.parts.count > 1 || pool.layout.isMIG ? 0.75 : 0
            let frame = Frame(
                x: cell.x + cell.width * Double(left) / sum + edge, y: cell.y + edge,
                width: cell.width * Double(part.width) / sum - 2 * edge, height: cell.height - 2 * edge)
            text += shares(part, frame)
            left += part.width
        }
        return element("g", [("class", "box")], text + (gpu.isSpare ? "" : claim(cell)))
    }

    /// Draws what replicas have of a part: side by side with slanted edges if they take turns, one above the other if they run at once.
    private func shares(_ part: PicturedPart, _ frame: Frame) -> String {
        let count = max(1, part.capacity)
        let name = part.profile.isEmpty ? "share of a GPU" : "MIG instance \(part.profile)"
        if case .timeSlicing = pool.layout {
            let slant = min(8, frame.width / Double(count) / 3)
            return (0..<count).map { index in
                slice(part, index, of: count, in: frame, slant: slant, name)
            }.joined()
        }
        return (0..<count).map { index in
            let gap = count > 1 ? 1.0 : 0
            let layer = Frame(
                x: frame.x, y: frame.y + (frame.height + gap) / Double(count) * Double(index), width: frame.width,
                height: (frame.height + gap) / Double(count) - gap)
            return element("g", [("class", "box")], share(part, index, layer, name))
        }.joined()
    }

    private func share(_ part: PicturedPart, _ index: Int, _ frame: Frame, _ name: String) -> String {
        guard index < part.replicas.count else { return spare(frame, "", "spare \(name)") }
        let replica = part.replicas[index]
        let paint = ModelPaint(replica.model)
        return labels.title(replica) + frame.rect(paint.fill(isSteady: replica.isSteady))
            + paint.overlay(frame, isSteady: replica.isSteady)
            + labels.draw(replica.model, in: frame, isSteady: replica.isSteady)
    }

    /// A time slice: a part with slanted edges, except at the ends.
    private func slice(
        _ part: PicturedPart, _ index: Int, of count: Int, in frame: Frame, slant: Double, _ name: String
    ) -> String {
        let step = frame.width / Double(count)
        let (start, end) = (frame.x + step * Double(index), frame.x + step * Double(index + 1))
        let (isFirst, isLast) = (index == 0, index == count - 1)
        func edge(_ x: Double, _ shift: Double, _ isOuter: Bool) -> String { coordinate(isOuter ? x : x + shift) }
        let (top, bottom) = (coordinate(frame.y), coordinate(frame.y + frame.height))
        let points = [
            "\(edge(start, slant / 2 + 0.75, isFirst)),\(top)", "\(edge(end, slant / 2 - 0.75, isLast)),\(top)",
            "\(edge(end, -slant / 2 - 0.75, isLast)),\(bottom)", "\(edge(start, -slant / 2 + 0.75, isFirst)),\(bottom)",
        ].joined(separator: " ")
        let inner = Frame(
            x: start + slant / 2 + 1, y: frame.y, width: step - slant - 2, height: frame.height)
        guard index < part.replicas.count else {
            let outline = shape("polygon", [("points", points), ("class", "spare")])
            return element(
                "g", [("class", "box")],
                element("title", "spare \(name)") + outline + inner.hatch("hatch", step: 5))
        }
        let replica = part.replicas[index]
        let paint = ModelPaint(replica.model)
        let fill = paint.fill(isSteady: replica.isSteady)
        return element(
            "g", [("class", "box")],
            labels.title(replica) + shape("polygon", [("points", points), ("class", fill)])
                + paint.overlay(inner, isSteady: replica.isSteady)
                + labels.draw(replica.model, in: inner, isSteady: replica.isSteady))
    }

    private func spare(_ frame: Frame, _ style: String, _ title: String) -> String {
        element("title", escaped(title)) + frame.rect(style.isEmpty ? "spare" : "\(style) spare")
            + frame.hatch("hatch", step: 5)
    }

    /// The corner mark of a GPU that is claimed.
    private func claim(_ cell: Frame) -> String { pool.usesDRA ? claimMark(cell) : "" }
}

/// The mark of a claimed GPU: a triangle in its corner.
func claimMark(_ cell: Frame) -> String {
    let (x, y) = (coordinate(cell.x + cell.width + 0.5), coordinate(cell.y - 0.5))
    let size = coordinate(min(8, cell.width / 2.2))
    return shape("path", [("d", "M\(x) \(y)v\(size)l-\(size) -\(size)z"), ("class", "claim")])
}
