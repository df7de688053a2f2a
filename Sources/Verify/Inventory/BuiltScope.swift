extension TreeScope {
    /// What became of a tree's kustomizations.
    struct Built: Sendable {
        private(set) var mistakes: [BuildMistake] = []
        /// What names and namespaces were before kustomizations changed them.
        private var earlier: [String: String] = [:]
        /// The names that objects had now have that kustomizations renamed, by kind and first name.
        private var renamed: [ObjectKind: [String: String]] = [:]

        init() {}

        init(
            mistakes: [BuildMistake], earlier: [String: String], renamed: [ObjectKind: [String: String]]
        ) {
            self.mistakes = mistakes
            self.earlier = earlier
            self.renamed = renamed
        }

        mutating func add(_ other: Built) {
            mistakes += other.mistakes
            earlier.merge(other.earlier) { first, _ in first }
            for (kind, names) in other.renamed { renamed[kind, default: [:]].merge(names) { first, _ in first } }
        }

        /// Proposes what to do of a reference to an object that was renamed, and that kustomize does not know of.
        func renaming(_ kind: ObjectKind, _ name: String) -> String? {
            renamed[kind]?[name].map { now in
                "kustomize renames it to `\(now)`, and not what refers to it here: a `nameReference` in `configurations` does"
            }
        }

        /// Writes a message as it would be of the objects as they are written, so that overlays can be compared.
        func plain(_ message: String) -> String {
            if earlier.isEmpty { return message }
            let pieces = message.split(separator: "`", omittingEmptySubsequences: false).map { piece in
                earlier[String(piece)] ?? String(piece)
            }
            return pieces.joined(separator: "`")
        }
    }
}
