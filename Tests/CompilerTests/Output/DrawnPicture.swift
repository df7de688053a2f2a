import Foundation

@testable import Compiler

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A picture as a program reads it: where its boxes and texts are.
final class DrawnPicture: NSObject, XMLParserDelegate {
    struct Text {
        let words: String
        let style: TextStyle
        let start: Double
        let y: Double
        /// The number of the box that it stands in.
        let box: Int
        var end: Double { start + style.width(of: words) }
    }

    /// The extent of each box, from left to right.
    private(set) var boxes: [ClosedRange<Double>?] = []
    private(set) var texts: [Text] = []
    /// The cells for GPUs, each as often as its node is there.
    private(set) var gpus = 0
    private(set) var error: Error?

    private var open: [(box: Int, x: Double, y: Double, nodes: Int)] = [(-1, 0, 0, 1)]
    private var words: (text: String, attributes: [String: String])?
    private var isTitle = false

    init(_ svg: String) {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        if !parser.parse() { error = parser.parserError }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        var place = open[open.count - 1]
        let style = attributes["class"] ?? ""
        func number(_ key: String) -> Double { Double(attributes[key] ?? "") ?? 0 }
        switch name {
        case "g":
            if style.hasPrefix("box") {
                place.box = boxes.count
                boxes.append(nil)
            }
            place.nodes = attributes["data-nodes"].flatMap { Int($0) } ?? place.nodes
            if let shift = attributes["transform"]?.matches(of: /[0-9.]+/).compactMap({ Double($0.output) }) {
                (place.x, place.y) = (place.x + shift[0], place.y + shift[1])
            }
        case "rect":
            extend(place.box, place.x + number("x"), place.x + number("x") + number("width"))
            if style.hasPrefix("gpu") { gpus += place.nodes }
        case "polygon":
            let points =
                attributes["points"]?.split(separator: " ").compactMap { Double($0.prefix { $0 != "," }) } ?? []
            for point in points { extend(place.box, place.x + point, place.x + point) }
        case "text": words = ("", attributes)
        case "title": isTitle = true
        default: break
        }
        open.append(place)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !isTitle { words?.text += string }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let place = open.removeLast()
        if name == "title" { isTitle = false }
        guard name == "text", let (text, attributes) = words else { return }
        words = nil
        let classes = (attributes["class"] ?? "").split(separator: " ")
        let size = classes.compactMap { $0.hasPrefix("t") ? Double($0.dropFirst()) : nil }.first ?? 0
        let style = TextStyle(size: size, isBold: classes.contains("bold") || classes.contains("on"))
        let x = place.x + (Double(attributes["x"] ?? "") ?? -1)
        let width = style.width(of: text)
        let isCentered = classes.contains("on") || classes.contains("pill-text")
        texts.append(
            Text(
                words: text, style: style, start: classes.contains("end") ? x - width : isCentered ? x - width / 2 : x,
                y: place.y + (Double(attributes["y"] ?? "") ?? -1), box: place.box))
    }

    private func extend(_ box: Int, _ start: Double, _ end: Double) {
        guard box >= 0 else { return }
        let old = boxes[box] ?? start...end
        boxes[box] = min(old.lowerBound, start)...max(old.upperBound, end)
    }

    /// The texts that are wider than their box or run into another.
    var crowded: [String] {
        texts.enumerated().compactMap { index, text in
            guard text.style.size > 0, let box = text.box >= 0 ? boxes[text.box] : nil else {
                return "`\(text.words)` has no size or no box"
            }
            if text.start < box.lowerBound - 0.1 || text.end > box.upperBound + 0.1 {
                return "`\(text.words)` from \(text.start) to \(text.end) is beyond \(box)"
            }
            let other = texts[..<index].first { other in
                other.box == text.box && abs(other.y - text.y) < 8 && other.start < text.end && text.start < other.end
            }
            return other.map { "`\(text.words)` runs into `\($0.words)`" }
        }
    }
}
