import Groundwork

/// The arguments of a model server, as its container starts it.
struct ServerArguments {
    /// A flag with its value, and where they are written.
    struct Flag {
        let name: String
        /// Nil for a switch.
        let value: String?
        let place: ManifestValue
        /// The arguments as they are written: one, or flag and value apart.
        let texts: [String]
    }

    let flags: [Flag]
    /// The model, if it is an argument without a flag.
    let positional: (text: String, place: ManifestValue)?

    /// Reads command and arguments of a container; a shell's script is split at blanks.
    init(_ container: ManifestValue) {
        let written = container.items(of: "command", "args")
        var words: [(text: String, place: ManifestValue)] = []
        for value in written {
            guard let text = value.text else { continue }
            if text.contains("\n") || text.contains(" --") || text.hasPrefix("vllm serve ") {
                let separators: Set<Character> = [" ", "\n", "\t", "\\", "\"", "'"]
                words += text.split { separators.contains($0) }.map { (String($0), value) }
            } else {
                words.append((text, value))
            }
        }
        let variables = Self.variables(container)
        var flags: [Flag] = []
        var positional: (text: String, place: ManifestValue)?
        var index = 0
        while index < words.count {
            let (text, place) = (Self.expanded(words[index].text, variables), words[index].place)
            index += 1
            guard text.hasPrefix("-"), text.count > 1 else {
                let previous = index > 1 ? words[index - 2].text : ""
                let isFirst = index == 1 && container["args"]?.items?.first?.text == words[0].text
                if positional == nil, previous == "serve" || isFirst && text.contains("/") && !text.hasPrefix("/bin") {
                    positional = (text, place)
                }
                continue
            }
            let name = text.prefix { $0 != "=" }
            if name.count < text.count {
                let value = String(text.dropFirst(name.count + 1))
                flags.append(Flag(name: Self.plain(name), value: value, place: place, texts: [text]))
            } else if index < words.count, !words[index].text.hasPrefix("-") || Double(words[index].text) != nil {
                let value = Self.expanded(words[index].text, variables)
                flags.append(Flag(name: Self.plain(name), value: value, place: place, texts: [text, value]))
                index += 1
            } else {
                flags.append(Flag(name: Self.plain(name), value: nil, place: place, texts: [text]))
            }
        }
        self.flags = flags
        self.positional = positional
    }

    /// The last flag of one of some names.
    func flag(_ names: String...) -> Flag? { flags.last { names.contains($0.name) } }

    /// The model that is served, and where that is written.
    var model: (text: String, place: ManifestValue)? {
        if let flag = flag("--model", "--model-path"), let value = flag.value { return (value, flag.place) }
        return positional
    }

    /// The same flag with dashes, which vLLM takes like underscores.
    private static func plain(_ name: Substring) -> String { "--" + name.drop { $0 == "-" }.replacing("_", with: "-") }

    /// The variables of a container that are no credentials.
    private static func variables(_ container: ManifestValue) -> [(String, String)] {
        container.items(of: "env").compactMap { variable in
            guard let name = variable["name"]?.text, !isSecretName(name), let value = variable["value"]?.text else {
                return nil
            }
            return (name, value)
        }
    }

    /// Replaces the variables in a word.
    private static func expanded(_ text: String, _ variables: [(String, String)]) -> String {
        guard text.contains("$") else { return text }
        return variables.reduce(text) { text, variable in
            text.replacing("$(\(variable.0))", with: variable.1).replacing("${\(variable.0)}", with: variable.1)
                .replacing("$\(variable.0)", with: variable.1)
        }
    }
}
