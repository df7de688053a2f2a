import Diagnostics

extension Rule {
    /// The page of a rule, in Markdown.
    package var page: String {
        var text = "# \(code)\n\n\(severity == .error ? "Error" : "Warning") · \(area.rawValue)\n\n"
        text += why.prefix(1).uppercased() + why.dropFirst() + ".\n"
        for name in formerNames {
            text += "\nFormerly `\(name)`; suppressions and baselines may still use that name.\n"
        }
        switch inPartialTree {
        case .report: break
        case .warn:
            text += "\nUnless the tree is complete (`--closed`), this is a warning.\n"
        case .warnOnEvidence:
            text +=
                "\nUnless the tree is complete (`--closed`), the missing part may exist elsewhere: then this is a warning, reported only if "
                + "something in the tree indicates a mistake, such as a similar name.\n"
        }
        text += "\n## Rejected\n\nA `↓` marks the place of each finding.\n" + rejects.map(block).joined()
        text += "\n## Accepted\n" + accepts.map(block).joined()
        text +=
            "\n## Allowing it\n\n```yaml\n# stowage:allow \(code): the reason\n```\n\nabove the line, or as an annotation of the object\n\n"
        text += "```yaml\nmetadata:\n  annotations:\n    allow.stowage.dev/\(code): the reason\n```\n"
        return text
    }

    /// The description for code scanners, with the URL of its page below an address.
    package func description(below address: String) -> RuleDescription {
        RuleDescription(
            short: code.prefix(1).uppercased() + code.dropFirst().replacing("-", with: " "),
            full: why.prefix(1).uppercased() + why.dropFirst() + ".", page: page,
            address: "\(address)/rules/\(code).md", severity: severity, tags: [area.rawValue],
            formerCodes: formerNames)
    }

    private func block(_ example: String) -> String { "\n```yaml\n\(example)\n```\n" }
}

/// The list of all rules by area, in Markdown.
package func rulesIndex() -> String {
    var text = """
        # Rules

        The rules of `stowage verify` by area. Each page gives the reason and examples; `stowage verify --explain RULE` prints it.

        """
    for area in Rule.Area.allCases {
        let rules = Rule.all.filter { $0.area == area }
        if rules.isEmpty { continue }
        text +=
            "\n## \(area.rawValue.prefix(1).uppercased() + area.rawValue.dropFirst())\n\n| rule | | why |\n|---|---|---|\n"
        for rule in rules {
            let why = rule.why.replacing("|", with: "\\|")
            text += "| [\(rule.code)](\(rule.code).md) | \(rule.severity.rawValue) | \(why) |\n"
        }
    }
    return text
}
