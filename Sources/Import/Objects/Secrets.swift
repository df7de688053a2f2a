import Groundwork

/// Tells whether a variable or flag holds a credential, by the words of its name.
///
/// Values of such names are neither read nor printed.
func isSecretName(_ name: String) -> Bool {
    let words = name.uppercased().split { $0 == "_" || $0 == "-" || $0 == "." }
    guard let last = words.last, last != "FILE", last != "PATH", last != "NAME" else { return false }
    // A number of bytes per token, or of tokens, is none.
    let counts = zip(words, words.dropFirst()).contains { countWords.contains(String($0)) && $1 == "TOKEN" }
    return !counts && words.contains { secretWords.contains(String($0)) } || last == "KEY"
}

/// Tells whether a text looks like a credential itself.
func isSecretText(_ text: String) -> Bool {
    if text.contains(#/(?:^|[^A-Za-z0-9])(?:hf_|sk-|ghp_|github_pat_|AKIA|ASIA)[A-Za-z0-9_\-]{16,}/#) { return true }
    guard text.hasPrefix("--") else { return text.contains("--api-key") }
    let flag = text.prefix { $0 != "=" && $0 != " " }
    return flag.count < text.count && isSecretName(String(flag.dropFirst(2)))
}

private let countWords: Set = ["PER", "MAX", "MIN", "NUM"]
private let secretWords: Set = [
    "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "APIKEY", "CREDENTIAL", "CREDENTIALS",
]

extension ManifestValue {
    /// Whether a credential is written anywhere in the value.
    var holdsSecret: Bool {
        if let items {
            var previous = ""
            for item in items {
                if item.holdsSecret { return true }
                if previous.hasPrefix("--"), isSecretName(String(previous.dropFirst(2))), item.text != nil {
                    return true
                }
                previous = item.text ?? ""
            }
            return false
        }
        if let entries {
            if let name = self["name"]?.text, isSecretName(name), self["value"]?.text?.isEmpty == false { return true }
            return entries.contains { $0.value.holdsSecret }
        }
        return text.map(isSecretText) ?? false
    }
}

extension ManifestValue {
    /// Whether its line may show a credential, so that no diagnostic quotes it.
    var isOnSecretLine: Bool {
        let line = place.file.line(place.line)
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
        return isSecretText(line) || words.contains { isSecretName(String($0)) }
    }
}
