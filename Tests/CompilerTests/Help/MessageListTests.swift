import Foundation
import TestTools
import Testing

@testable import Verify

@Suite("The list of messages")
struct MessageListTests {
    private let page = root.appending(path: "docs/messages.md")

    @Test("has every message by its code, as the sources write it")
    func current() throws {
        let text = try list()
        if Recording.messages.isAsked() { try Recording.messages.write([(page, text)]) }
        #expect(try String(contentsOf: page, encoding: .utf8) == text, "`RECORD=messages` writes it")
    }

    @Test("has the code of every rule, and of every diagnostic that a case expects")
    func complete() throws {
        let codes = Set(try messages().flatMap { $0.code.components(separatedBy: ", ") })
        var missing = Rule.all.map(\.code).filter { !codes.contains($0) }
        for example in Case.all {
            for code in (example.expected("diagnostics.txt") ?? "").matches(of: /(?:error|warning)\[([a-z0-9-]+)\]/) {
                if !codes.contains(String(code.output.1)) { missing.append(String(code.output.1)) }
            }
        }
        #expect(Set(missing).sorted() == [])
    }

    @Test("takes the quotes of a regular expression for no text")
    func regex() {
        let source = #"if text.contains(/['"]\/a/) { report.error("no-half", "\(a / 2) has no half / part", at: b) }"#
        #expect(WrittenMessage.all(in: source).map(\.parts) == [["‹a› has no half / part"]])
    }

    @Test("asks nothing, and uses no word of before")
    func voice() throws {
        let former = ["wish", "judge", "asleep", "dearest", "cannot be had", "nobody", "promise", "pace", "refuse"]
        for message in try messages() {
            for part in message.parts {
                #expect(!part.hasSuffix("?") || part.contains("did you mean"), "\(message.code): \(part)")
                #expect(!part.hasSuffix("."), "\(message.code): \(part)")
                for word in former {
                    let isUsed = part.split { !$0.isLetter && $0 != " " }.contains {
                        $0.contains(" \(word)") || $0.hasPrefix(word)
                    }
                    #expect(!isUsed, "\(message.code) says `\(word)`: \(part)")
                }
            }
        }
    }

    /// The files in which messages of several codes are put together from parts.
    private static let builders = [
        "Compiler/Patches/ChangedFigures.swift": ["patch-changes-figure"],
        "Compiler/Patches/PatchFailures.swift": ["patch-changes-identity", "patch-path-not-found"],
        "Compiler/Patches/PatchTarget.swift": ["patch-target-not-found"],
        "Groundwork/ModelConfig/ConfigQuantization.swift": ["unsupported-config"],
        "Groundwork/ModelConfig/LayerPlan.swift": ["unsupported-config", "contradicting-config"],
        "Planning/Conflicts/ReportIndivisible.swift": ["heads-do-not-divide", "weights-do-not-divide"],
        "Planning/Placement/CheckReplicas.swift": ["replicas-below-peak", "replicas-below-steady"],
        "Planning/Spec/Checks/SpecChecks+Claims.swift": ["dra-without-nodes", "shares-beside-another-mode"],
        "Planning/Spec/Checks/SpecChecks+Load.swift": ["impossible-architecture"],
        "Planning/Spec/Checks/SpecChecks+Versions.swift": [
            "unsupported-dra-driver", "unsupported-karpenter", "unsupported-keda", "unsupported-kubernetes",
            "unsupported-vllm",
        ],
        "Planning/Spec/Reading/FieldReader+Format.swift": ["unknown-api-version"],
        "Planning/Spec/Nouns/SLASpec.swift": ["several-percentiles"],
        "Planning/Spec/Types/FieldType+Names.swift": ["malformed-instance-type"],
        "Planning/Spec/Types/FieldType+References.swift": ["malformed-timezone"],
        "Planning/Spec/Types/FieldType+Weights.swift": ["malformed-weights"],
        "Verify/Fields/CheckFields.swift": [
            "field-not-supported", "field-type-mismatch", "invalid-value", "misplaced-field", "missing-field",
            "unknown-field",
        ],
        "Verify/Inventory/InventoryDemands.swift": ["requirement-invalid-operator"],
        "Verify/Kustomize/KustomizeBuild.swift": ["kustomize-feature-not-applied", "kustomize-patch-target-not-found"],
        "Verify/Kustomize/ObjectPatch.swift": ["kustomize-patch-fails", "kustomize-patch-matches-nothing"],
        "Verify/Kustomize/Replacement.swift": [
            "kustomize-replacement-fails", "kustomize-replacement-matches-nothing",
        ],
    ]

    private func messages() throws -> [WrittenMessage] {
        let sources = root.appending(path: "Sources")
        func source(_ path: String) throws -> String {
            try String(contentsOf: sources.appending(path: path), encoding: .utf8)
        }
        let built = try Self.builders.flatMap { path, codes in
            WrittenMessage.built(codes.joined(separator: ", "), in: try source(path))
        }
        let written = try filesBelow(sources).filter { $0.hasSuffix(".swift") }.flatMap {
            WrittenMessage.all(in: try source($0))
        }
        // What stands in a message of its own code is no part of another's.
        let prefixes = ["label: ", "note: ", "help: "]
        let parts = written.flatMap(\.parts).map { part in
            prefixes.first { part.hasPrefix($0) }.map { String(part.dropFirst($0.count)) } ?? part
        }
        let known = Set(parts)
        return written + built.filter { !known.contains($0.parts[0]) }
    }

    private func list() throws -> String {
        let byCode = Dictionary(grouping: try messages(), by: \.code)
        let sections = byCode.sorted { $0.key < $1.key }.map { code, messages in
            let blocks = messages.unique.map { $0.parts.map { "    \($0)\n" }.joined() }
            return "\n## \(code)\n\n\(blocks.sorted().joined(separator: "\n"))"
        }
        return """
            # Messages

            What each diagnostic says: its message, then its label, notes and help. `‹name›` stands for what a message fills in, `‹a|b›` for one of
            several words. [rules/](rules/README.md) has a page for each rule of `verify`. `RECORD=messages swift test --filter MessageListTests` writes this page.

            """ + sections.joined()
    }
}

extension [WrittenMessage] {
    fileprivate var unique: [WrittenMessage] { Array(Set(self)) }
}
