import Foundation
import Testing

@testable import Verify

@Suite("The list of rules")
struct RuleListTests {
    @Test("has each file of Rules, in order")
    func everyFile() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Sources/Verify/Rules")
        let files = filesBelow(root).filter { $0.contains("/") }.compactMap {
            $0.split(separator: "/").last?.dropLast(6)
        }
        let names = files.sorted().map { $0.prefix(1).lowercased() + $0.dropFirst() }
        let list = try String(contentsOf: root.appending(path: "RuleList.swift"), encoding: .utf8)
        let registered = list.split(separator: "\n").compactMap { line -> String? in
            let line = line.trimmingCharacters(in: .whitespaces)
            return line.hasSuffix(",") ? String(line.dropLast()) : nil
        }
        #expect(registered == names)
        #expect(Rule.all.count == names.count)
    }

    @Test("knows each rule by its former name, which no rule has")
    func formerNames() {
        let codes = Set(Rule.all.map(\.code))
        let former = Rule.all.flatMap(\.formerNames)
        #expect(former.count > 100 && Set(former).count == former.count)
        for name in former { #expect(!codes.contains(name) && rule(named: name) != nil, "\(name)") }
        let (choice, unknown) = RuleSelection.of(only: ["malformed-query"], except: [], severity: .warning)
        #expect(choice.rules.map(\.code) == ["query-syntax-error"] && unknown == nil)
    }
}
