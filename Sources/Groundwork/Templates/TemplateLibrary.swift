import Diagnostics

/// A folder of templates, or the defaults inside the binary.
package struct TemplateLayer: Sendable {
    /// Its name, for example `specs/templates` or `defaults`.
    package let name: String
    /// Each template's path below the folder, with its text.
    package let files: [(path: String, file: SourceFile)]
    /// Whether these are the defaults, which tests check completely: only those that a plan needs are compiled.
    package let isDefault: Bool

    package init(_ name: String, _ files: [(path: String, file: SourceFile)], isDefault: Bool = false) {
        self.name = name
        self.files = files
        self.isDefault = isDefault
    }
}

/// All templates by their paths: an earlier layer replaces what later layers have under the same path.
package struct TemplateLibrary: Sendable {
    /// One path, and every layer that has a file there, the winner first.
    package struct Entry: Sendable {
        package struct Candidate: Sendable {
            package let layer: String
            package let file: SourceFile
            let isDefault: Bool
        }

        package let path: String
        package let winner: Candidate
        package let replaced: [Candidate]

        /// Whether the winner holds only blanks and comments: it removes the manifest.
        package var isRemoved: Bool { winner.file.isBlank }
    }

    /// The entries in the order of their paths.
    package let entries: [Entry]

    package init(_ layers: [TemplateLayer]) {
        var found: [String: [Entry.Candidate]] = [:]
        for layer in layers {
            for (path, file) in layer.files {
                found[path, default: []].append(.init(layer: layer.name, file: file, isDefault: layer.isDefault))
            }
        }
        entries = found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap { path, candidates in
            candidates.first.map { Entry(path: path, winner: $0, replaced: Array(candidates.dropFirst())) }
        }
    }

    /// The templates for parts of the plan.
    package var forPlan: TemplateLibrary { TemplateLibrary(entries: entries.filter { !$0.path.hasPrefix("tree/") }) }

    /// The templates for folders of the other templates' manifests: those below `tree/`.
    package var forTree: TemplateLibrary { TemplateLibrary(entries: entries.filter { $0.path.hasPrefix("tree/") }) }

    /// The paths of the templates that are not defaults.
    package var fromUsers: Set<String> { Set(entries.filter { !$0.winner.isDefault }.map(\.path)) }

    private init(entries: [Entry]) { self.entries = entries }

    /// The entry of a path.
    package subscript(_ path: String) -> Entry? { entries.first { $0.path == path } }
}

extension SourceFile {
    /// Whether there is only blanks and comments.
    fileprivate var isBlank: Bool {
        bytes.split(whereSeparator: \.isLineEnd).allSatisfy { line in
            line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }.map { $0 == UInt8(ascii: "#") } ?? true
        }
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
