import Diagnostics
import Groundwork

extension ImportResult {
    /// The proof as a person reads it.
    package var proofText: String {
        guard let proof else { return "the spec does not compile, so nothing is compared\n" }
        var text = ""
        for difference in proof.differences {
            let place = difference.given.map { "\($0.home): " } ?? ""
            text += "\(place)\(difference.object.words): \(difference.words) (\(difference.effect.rawValue))\n"
        }
        for key in proof.new { text += "\(key.words): only in the spec (\(Effect(ofNew: key.kind).rawValue))\n" }
        for object in proof.untouched {
            let place = (object.root.at("metadata", "name") ?? object.root).home
            text += "\(place): \(object.key.words): not in the spec, stays as it is\n"
        }
        return text + summary(proof)
    }

    /// The last line: how much was compared, and what is different.
    private func summary(_ proof: Proof) -> String {
        let counts = Effect.allCases.compactMap { effect -> String? in
            let count = proof.differences.count { $0.effect == effect }
            return count == 0 ? nil : "\(count) \(effect.rawValue)"
        }
        let differences = proof.differences.count
        let detail = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
        return """
            \(plural(proof.compared, "object")) compared: \(plural(differences, "difference"))\(detail); \
            \(plural(patched.count, "value")) kept by patches; \(proof.new.count) only in the spec, \(proof.untouched.count) only \
            in the input\n
            """
    }

    /// The proof for programs: one JSON object.
    package var proofJSON: String {
        func text(_ value: ManifestValue?, _ isSecret: Bool) -> String {
            guard let value else { return "null" }
            return isSecret ? quoted("(hidden)") : json(value)
        }
        func item(_ difference: Difference) -> String {
            let fields = [
                "\"object\": \(json(difference.object))", "\"path\": \(quoted(difference.pointer))",
                "\"spec\": \(text(difference.generated, difference.isSecret))",
                "\"input\": \(text(difference.given, difference.isSecret))",
                "\"place\": \(difference.given.map { quoted($0.home) } ?? "null")",
                "\"effect\": \(quoted(difference.effect.rawValue))",
            ]
            return "    {\(fields.joined(separator: ", "))}"
        }
        func list(_ items: [String]) -> String { items.isEmpty ? "[]" : "[\n\(items.joined(separator: ",\n"))\n  ]" }
        guard let proof else { return "{\n  \"compiles\": false\n}\n" }
        let onlyNew = proof.new.map {
            "    {\"object\": \(json($0)), \"effect\": \(quoted(Effect(ofNew: $0.kind).rawValue))}"
        }
        return """
            {
              "compiles": true,
              "compared": \(proof.compared),
              "differences": \(list(proof.differences.map(item))),
              "patched": \(list(patched.map(item))),
              "onlyInSpec": \(list(onlyNew)),
              "onlyInInput": \(list(proof.untouched.map { "    \(json($0.key))" }))
            }

            """
    }
}

extension Difference {
    /// What differs, in words; credentials are not shown.
    package var words: String {
        func shown(_ value: ManifestValue) -> String {
            if isSecret { return "(hidden)" }
            if let text = value.text {
                return text.contains("\n") || text.utf8.count > 100 ? "another text" : "`\(text)`"
            }
            let count = value.items?.count ?? value.entries?.count ?? 0
            return value.kind == .list ? "a list of \(count)" : value.isNull ? "null" : "a mapping of \(count)"
        }
        let name = pointer.isEmpty ? "/" : pointer
        switch (generated, given) {
        case (let generated?, let given?): return "\(name) is \(shown(given)), and \(shown(generated)) in the spec"
        case (nil, let given?): return "\(name) is \(shown(given)), and not in the spec"
        case (let generated?, nil): return "\(name) is \(shown(generated)) in the spec, and not in the input"
        case (nil, nil): return name
        }
    }
}

/// A count with its noun.
private func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// What identifies an object, as JSON.
private func json(_ key: ObjectKey) -> String {
    "{\"group\": \(quoted(key.group)), \"kind\": \(quoted(key.kind)), \"namespace\": \(quoted(key.namespace)), \"name\": \(quoted(key.name))}"
}

/// A value of a manifest as JSON in one line.
private func json(_ value: ManifestValue) -> String {
    if let entries = value.entries {
        return "{\(entries.map { "\(quoted($0.key)): \(json($0.value))" }.joined(separator: ", "))}"
    }
    if let items = value.items { return "[\(items.map { json($0) }.joined(separator: ", "))]" }
    guard let text = value.text else { return "null" }
    switch value.kind {
    case .integer, .number:
        return value.number.map { "\($0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)")" } ?? quoted(text)
    case .boolean: return value.boolean == true ? "true" : "false"
    case .null, .string, .list, .mapping: return quoted(text)
    }
}

/// A JSON string.
private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendJSONString(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
