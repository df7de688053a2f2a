import Groundwork
import Planning

/// The cluster at peak load as a drawing: pools, nodes, and a cell for each GPU in the color of its model.
struct PlanPicture {
    let plan: Plan
    let cluster: PicturedCluster
    let pools: [PoolDrawing]

    init(_ plan: Plan) {
        self.plan = plan
        cluster = PicturedCluster(plan)
        let labels = ModelLabels(names: plan.models.map(\.name))
        pools = cluster.pools.map { PoolDrawing($0, labels) }
    }

    var title: String { "\(plan.spec.name.value) at peak load" }
    var size: String { "\(counted(cluster.nodes, "node")) with \(counted(cluster.gpus, "GPU"))" }
    /// The size and the cost of what is drawn.
    var peak: String { "\(size), \(dollars(plan.money.peakPerMonth.value)) per month" }
    /// The same at steady load.
    var steady: String {
        "At steady load: \(counted(cluster.steadyNodes, "node")), \(dollars(plan.money.steadyPerMonth.value)) per month."
    }
    /// The replicas that cannot run if all models are at their maximum; nil if all can.
    var pending: String? {
        let parts = zip(plan.models, cluster.pending).filter { $0.1 > 0 }
        if parts.isEmpty { return nil }
        let sum = parts.reduce(0) { $0 + $1.1 }
        let words =
            parts.count > 3
            ? "\(counted(sum, "replica")) of \(counted(parts.count, "model"))"
            : listed(parts.map { "\(counted($0.1, "replica")) of \($0.0.name)" })
        return "Pending if all models are at their maximum: \(words)."
    }
}

/// The picture on the page, with its key and with the same figures as a table.
func pictureSection(_ plan: Plan) -> String {
    let picture = PlanPicture(plan)
    func list(_ entries: [KeyEntry], _ style: String) -> String {
        let items = entries.map { entry in
            let swatch = element("svg", [("viewBox", "0 0 28 18"), ("aria-hidden", "true")], entry.swatch)
            return element("li", swatch + escaped(entry.words)) + "\n"
        }
        return element("ul", [("class", "key \(style)")], items.joined())
    }
    let panels = picture.pools.map { drawing in
        Compiler.drawing(
            "pool-\(drawing.pool.name)", title: "Pool \(drawing.pool.name)", description: drawing.description,
            width: Int(PoolDrawing.width), height: Int(drawing.height.rounded(.up)) + 1, style: "", drawing.content)
            + "\n"
    }
    let text = [picture.peak + ".", picture.steady, picture.pending ?? ""].filter { !$0.isEmpty }
    let caption = element("strong", escaped(picture.title)) + escaped(": " + text.joined(separator: " "))
    let rows = picture.cluster.pools.map { pool in
        [
            pool.name, pool.badges.joined(separator: ", "), types(pool), "\(pool.nodes.count(where: \.isSteady))",
            "\(pool.nodes.count)", "\(pool.gpus)", "\(pool.spareGPUs)", contents(pool, plan),
            pool.peakCost,
        ]
    }
    let head = [
        "pool", "capacity", "instance types", "steady nodes", "peak nodes", "GPUs", "spare GPUs", "replicas at peak",
        "$/month at peak",
    ]
    return element(
        "section", [("class", "picture")],
        element(
            "figure",
            element("figcaption", caption) + list(modelKey(plan), "models")
                + element("div", [("class", "pools")], panels.joined()) + list(markKey(picture.cluster), "marks"))
            + element("details", element("summary", "The picture as a table") + table(head: head, rows: rows))) + "\n"
}

private func types(_ pool: PicturedPool) -> String {
    var seen: Set<String> = []
    return pool.nodes.map(\.type).filter { seen.insert($0).inserted }.joined(separator: ", ")
}

/// The replicas in a pool, by model.
private func contents(_ pool: PicturedPool, _ plan: Plan) -> String {
    let replicas = pool.nodes.flatMap(\.replicas)
    return plan.models.enumerated().compactMap { index, model in
        let count = replicas.count { $0.model == index }
        return count == 0 ? nil : "\(count) of \(model.name)"
    }.joined(separator: ", ")
}

/// The picture as a file of its own, with its colors on light and dark backgrounds.
package func planPicture(_ plan: Plan) -> String {
    let picture = PlanPicture(plan)
    let (margin, gap, columns) = (24.0, 16.0, 3)
    let width = 2 * margin + Double(columns) * PoolDrawing.width + Double(columns - 1) * gap
    let inner = width - 2 * margin
    let (large, small) = (TextStyle(size: 26, isBold: true), TextStyle(size: 14))
    var y = margin + 24
    let right = "\(dollars(plan.money.peakPerMonth.value)) per month"
    var content = words(picture.title, x: margin, y: y, "name", large, room: inner - large.width(of: right) - 20)
    content += words(right, x: width - margin, y: y, "name end", large, room: inner)
    let size = "\(picture.size), drawn as one cell per GPU. \(picture.steady)"
    for line in [size, picture.pending ?? ""] where !line.isEmpty {
        y += 24
        content += words(line, x: margin, y: y, "faint", small, room: inner)
    }
    y += 20
    content += key(modelKey(plan), columns: 4, x: margin, width: inner, &y)
    y += 14
    var ends = [Double](repeating: y, count: columns)
    for drawing in picture.pools {
        let column = ends.indices.min { ends[$0] < ends[$1] } ?? 0
        let x = margin + (PoolDrawing.width + gap) * Double(column)
        content += element(
            "g", [("transform", "translate(\(coordinate(x)) \(coordinate(ends[column])))")], drawing.content)
        ends[column] += drawing.height + gap
    }
    y = (ends.max() ?? y) + 2
    content += key(markKey(picture.cluster), columns: 3, x: margin, width: inner, &y)
    let height = y + margin - 10
    let back = Frame(x: 0.5, y: 0.5, width: width - 1, height: height - 1).rect("paper", rounded: 12)
    let text = element("title", escaped("\(picture.title): \(picture.peak)")) + element("style", pictureFileStyle)
    return element(
        "svg",
        [
            ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))"),
            ("width", coordinate(width)), ("height", coordinate(height)), ("role", "img"), ("class", "picture"),
        ], text + element("g", [("class", "box")], back + content)) + "\n"
}

/// Writes the entries of a key in columns.
private func key(_ entries: [KeyEntry], columns: Int, x: Double, width: Double, _ y: inout Double) -> String {
    let style = TextStyle(size: 13)
    let step = width / Double(columns)
    var text = ""
    for (index, entry) in entries.enumerated() {
        let (left, top) = (x + step * Double(index % columns), y + 24 * Double(index / columns))
        let name = words(entry.words, x: 36, y: 13.5, "", style, room: step - 44)
        text += element(
            "g", [("transform", "translate(\(coordinate(left)) \(coordinate(top)))")], entry.swatch + name)
    }
    y += 24 * Double((entries.count + columns - 1) / columns)
    return text
}
