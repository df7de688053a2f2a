import Diagnostics
import Groundwork

extension Inventory.Container {
    /// An option of a command, and where it is written.
    struct Option: Sendable {
        let text: String
        private let value: ManifestValue
        /// Its bytes in the value; nil if it is the whole value.
        private let extent: Range<Int>?

        init(text: String, value: ManifestValue, extent: Range<Int>? = nil) {
            self.text = text
            self.value = value
            self.extent = extent
        }

        /// The same place with another text.
        func with(_ text: String) -> Option { Option(text: text, value: value, extent: extent) }

        /// The place, which takes time to find in a long script.
        var place: SourceRange { extent.map { value.place(ofContent: $0) } ?? value.place }
    }

    /// The value of the first of some options, written as `--name value` or `--name=value`, also inside a shell script.
    ///
    /// vLLM reads `_` in the name of an option as `-`.
    func option(_ names: String...) -> Option? {
        for (index, word) in arguments.enumerated() where word.text.utf8.first == UInt8(ascii: "-") {
            let mark = word.text.utf8.firstIndex(of: UInt8(ascii: "="))
            var name = mark.map { String(word.text[..<$0]) } ?? word.text
            if name.utf8.contains(UInt8(ascii: "_")) { name = name.replacing("_", with: "-") }
            guard names.contains(name) else { continue }
            if let mark { return word.with(String(word.text[word.text.index(after: mark)...])) }
            guard index + 1 < arguments.count else { continue }
            return arguments[index + 1]
        }
        return nil
    }

    /// An option's number; nil without the option, or if its value is a variable.
    func number(_ names: String...) -> (count: Int?, option: Option)? {
        for name in names {
            if let option = option(name) { return (Int(option.text).map { min(max($0, 0), 100_000) }, option) }
        }
        return nil
    }

    /// Tells whether an option without a value is set.
    func hasFlag(_ name: String) -> Bool {
        arguments.contains { $0.text == name || $0.text.replacing("_", with: "-") == name }
    }
}

/// The words that a container runs, and what they say of it.
struct ContainerCommand {
    /// The words, those of a shell script one by one.
    let words: [Inventory.Container.Option]
    /// Whether the manifest replaces the command of the image.
    let isOwn: Bool

    init(_ container: ManifestValue) {
        let command = container.items(of: "command")
        isOwn = !command.isEmpty
        var words: [Inventory.Container.Option] = []
        let all = command + container.items(of: "args")
        for value in all {
            guard let text = value.text else { continue }
            if text.utf8.contains(where: { $0 == 0x20 || $0 == 0x0A }) {
                words += scriptWords(text).map { word, extent in
                    Inventory.Container.Option(text: word, value: value, extent: extent)
                }
            } else {
                words.append(Inventory.Container.Option(text: text, value: value))
            }
        }
        let variables = container.items(of: "env")
        self.words =
            variables.isEmpty
            ? words
            : words.map { word in
                guard word.text.utf8.contains(UInt8(ascii: "$")) else { return word }
                return word.with(filled(word.text, variables))
            }
    }

    /// Whether it starts a vLLM server.
    var startsServer: Bool {
        words.indices.contains { index in
            let text = words[index].text
            if text.mentions("vllm.entrypoints") { return true }
            guard text == "serve" || text.hasSuffix("/serve") else { return false }
            return index == 0 || words[index - 1].text == "vllm" || words[index - 1].text.hasSuffix("/vllm")
        }
    }

    /// Whether it starts something else than a server, such as a benchmark or a shell that sleeps.
    var startsOther: Bool {
        if startsServer { return false }
        if isOwn {
            return !words.contains { serverOptions.contains($0.text.prefix { $0 != "=" }.lowercased()) } || isBenchmark
        }
        return isBenchmark
    }

    private var isBenchmark: Bool {
        words.contains { word in
            word.text == "bench" || word.text.mentions("benchmark") || word.text == "--num-prompts"
                || word.text == "run-batch"
        }
    }
}

/// Options that only a server has.
private let serverOptions: Set = [
    "--model", "--served-model-name", "--tensor-parallel-size", "-tp", "--max-model-len", "--gpu-memory-utilization",
    "--pipeline-parallel-size", "-pp", "--data-parallel-size", "-dp",
]

/// Splits a shell script into words, with their bytes; quotes are removed and comments left out.
private func scriptWords(_ text: String) -> [(String, Range<Int>)] {
    var words: [(String, Range<Int>)] = []
    var word: [UInt8] = []
    var start: Int?
    var quote: UInt8?
    let bytes = Array(text.utf8)
    var index = 0
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
    func finish(_ end: Int) {
        if let begin = start { words.append((String(decoding: word, as: UTF8.self), begin..<end)) }
        start = nil
        word = []
    }
    while index < bytes.count {
        let byte = bytes[index]
        if let open = quote {
            if byte == open { quote = nil } else { word.append(byte) }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            quote = byte
            if start == nil { start = index }
        } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
            index += 1
            if bytes[index] != 0x0A, bytes[index] != 0x0D {
                if start == nil { start = index }
                word.append(bytes[index])
            } else {
                finish(index - 1)
            }
        } else if byte == UInt8(ascii: "#"), start == nil {
            while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        } else if isSpace(byte) || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") {
            finish(index)
        } else {
            if start == nil { start = index }
            word.append(byte)
        }
        index += 1
    }
    finish(bytes.count)
    return words
}

/// Fills `$(NAME)`, `$NAME` and `${NAME}` if the whole word is one variable with a literal value.
private func filled(_ text: String, _ variables: [ManifestValue]) -> String {
    guard let dollar = text.firstIndex(of: "$") else { return text }
    let rest = text[text.index(after: dollar)...]
    let name = rest.filter { $0 != "(" && $0 != ")" && $0 != "{" && $0 != "}" }
    guard let value = variables.first(where: { $0["name"]?.text == name })?["value"]?.text else { return text }
    return text[..<dollar] + value
}
