extension TreeScope {
    /// The result of building a tree's kustomizations.
    struct Built: Sendable {
        private(set) var mistakes: [BuildMistake] = []
        /// The files of each kustomization that was built.
        private(set) var groups: [Set<String>] = []
        /// The files that no kustomization lists, beside those that one lists: their objects are never applied.
        private(set) var leftOut: Set<String> = []
        /// The names and namespaces from before kustomizations changed them, by the new ones.
        private var earlier: [String: String] = [:]
        /// The new names of objects that kustomizations renamed, by kind and original name.
        private var renamed: [ObjectKind: [String: String]] = [:]

        init() {}

        init(
            mistakes: [BuildMistake], earlier: [String: String], renamed: [ObjectKind: [String: String]]
        ) {
            self.mistakes = mistakes
            self.earlier = earlier
            self.renamed = renamed
        }

        /// Records the files that are applied together.
        mutating func add(files: Set<String>) { groups.append(files) }

        /// Records files that are not applied.
        mutating func leaveOut(_ files: Set<String>) { leftOut.formUnion(files) }

        /// Tells whether a kustomization was built with a file.
        func has(_ path: String) -> Bool { groups.contains { $0.contains(path) } }

        /// Removes what the build of some other unit proves to be no mistake.
        mutating func removeMistakes(where isNone: (BuildMistake) -> Bool) { mistakes.removeAll(where: isNone) }

        mutating func add(_ other: Built) {
            mistakes += other.mistakes
            groups += other.groups
            earlier.merge(other.earlier) { first, _ in first }
            for (kind, names) in other.renamed { renamed[kind, default: [:]].merge(names) { first, _ in first } }
        }

        /// Suggests a fix for a reference to a renamed object, if kustomize does not know the reference.
        func renaming(_ kind: ObjectKind, _ name: String) -> String? {
            renamed[kind]?[name].map { now in
                "kustomize renames it to `\(now)` but does not update this reference: add a `nameReference` to `configurations`"
            }
        }

        /// Rewrites a message with the original names of objects, so that overlays can be compared.
        func plain(_ message: String) -> String {
            if earlier.isEmpty { return message }
            let pieces = message.split(separator: "`", omittingEmptySubsequences: false).map { piece in
                earlier[String(piece)] ?? String(piece)
            }
            return pieces.joined(separator: "`")
        }
    }
}
