import Foundation

/// Which folders of the sources use which: the names that one declares at top level, and another writes.
struct FolderGraph {
    /// A name of one folder in a file of another.
    struct Use: Hashable {
        let name: String
        let file: String
    }

    /// The uses, by the folder that has them and the one that they are of.
    private(set) var uses: [String: [String: Set<Use>]] = [:]

    /// Reads the sources below a folder; what is in its own files belongs to no folder.
    init(_ sources: URL) throws {
        var texts: [(folder: String, file: String, text: String)] = []
        for path in filesBelow(sources) where path.hasSuffix(".swift") {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            guard !folder.isEmpty else { continue }
            texts.append((folder, path, try String(contentsOf: sources.appending(path: path), encoding: .utf8)))
        }
        var homes: [String: String] = [:]
        for (folder, _, text) in texts {
            uses[folder] = uses[folder] ?? [:]
            for name in FolderGraph.declared(in: text) { homes[name] = folder }
        }
        let words = texts.map { (folder: $0.folder, file: $0.file, words: SwiftWords(of: $0.text).words) }
        // A name that several folders declare, be it a parameter or a member, does not tell whose it is.
        for (folder, _, words) in words {
            for word in words where FolderGraph.isDeclared(word) {
                if let home = homes[String(word.text)], home != folder { homes[String(word.text)] = nil }
            }
        }
        for (folder, file, words) in words {
            for word in words where word.before != "." && word.before != "@" {
                let name = String(word.text)
                guard let home = homes[name], home != folder else { continue }
                uses[folder, default: [:]][home, default: []].insert(Use(name: name, file: file))
            }
        }
    }

    /// The names that a file declares at top level and that other files can write.
    private static func declared(in text: String) -> [String] {
        let line =
            /^(?:(?:package|final|indirect|nonisolated|@\w+(?:\([^)]*\))?) +)*(?:struct|enum|class|protocol|actor|typealias|func|let|var) +(\w+)/
        return text.split(separator: "\n").compactMap { $0.prefixMatch(of: line).map { String($0.1) } }
    }

    /// Whether a word gives something its name: a declaration at any depth, a parameter, a variable.
    private static func isDeclared(_ word: SwiftWord) -> Bool {
        switch word.previous {
        case "struct", "enum", "class", "protocol", "actor", "typealias", "func", "let", "var", "case", "for": true
        default: word.after == ":" && word.text.first?.isLowercase == true
        }
    }
}

extension FolderGraph {
    /// A line that names a folder and what it uses: the other folders of its target, and other targets as a whole.
    func drawing(of folder: String) -> String {
        let target = folder.prefix { $0 != "/" }
        var others: Set<Substring> = []
        for other in uses[folder, default: [:]].keys {
            let home = other.prefix { $0 != "/" }
            others.insert(home == target && other != home ? other.dropFirst(target.count + 1) : home)
        }
        let name = folder.padding(toLength: 26, withPad: " ", startingAt: 0)
        return others.isEmpty ? folder : "\(name) → \(others.sorted().joined(separator: ", "))"
    }
}
