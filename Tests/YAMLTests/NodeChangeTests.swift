import Diagnostics
import Foundation
import Testing

@testable import YAML

@Suite("A change of a YAML text")
struct NodeChangeTests {
    /// The text after a change at the last place of a word in it.
    private func changed(_ text: String, at word: String, _ change: (SourceRange) -> NodeChange?) throws -> String? {
        let file = SourceFile(path: "a.yaml", text: text)
        let found = try #require(text.range(of: word, options: .backwards))
        let start = text.utf8.distance(from: text.startIndex, to: found.lowerBound)
        guard let edit = change(SourceRange(file, start, start + word.utf8.count))?.edit else { return nil }
        return String(decoding: file.edited([edit]).bytes, as: UTF8.self)
    }

    @Test(
        "sets what a path leads to, and adds what is not there",
        arguments: [
            ("- name: chat\n  gpu: {a: 1}\n", "- name: chat\n  gpu: {a: 1, b: 2}\n"),
            ("- name: chat\n  gpu: {b: [1, 3]} # why\n", "- name: chat\n  gpu: {b: 2} # why\n"),
            ("- {name: chat}\n", "- {name: chat, gpu: {b: 2}}\n"),
            ("- {name: chat, gpu: {}}\n", "- {name: chat, gpu: {b: 2}}\n"),
            (
                "- name: chat # first\n  x: 1 # last\n- y: 1\n",
                "- name: chat # first\n  x: 1 # last\n  gpu: {b: 2}\n- y: 1\n"
            ),
            ("- name: chat\n  gpu:\n    a: 1\n  z: 1", "- name: chat\n  gpu:\n    a: 1\n    b: 2\n  z: 1"),
            ("- name: chat\n  gpu:\n    b:\n    - 1\n    - 3\n  z: 1\n", "- name: chat\n  gpu:\n    b: 2\n  z: 1\n"),
            ("- name: chat\n  gpu: \"whole\"\n", "- name: chat\n  gpu: {b: 2}\n"),
            ("- gpu:\n    a: é\n  name: chat", "- gpu:\n    a: é\n    b: 2\n  name: chat"),
        ])
    func setting(_ text: String, _ expected: String) throws {
        #expect(try changed(text, at: "chat") { .setting(["gpu", "b"], to: "2", beside: $0) } == expected)
    }

    @Test("sets what stands in the mapping under a key")
    func settingUnder() throws {
        let text = "spec:\n  platform: {a: 1}\n"
        let expected = "spec:\n  platform: {a: 1, b: {c: 2}}\n"
        #expect(try changed(text, at: "platform") { .setting(["b", "c"], to: "2", under: $0) } == expected)
    }

    @Test(
        "takes out an entry or item, and what would hold nothing without it",
        arguments: [
            ("a: {b: gone, c: 1}\n", "a: {c: 1}\n"), ("a: {c: 1, b: gone}\n", "a: {c: 1}\n"),
            ("a: {b: gone}\nd: 1\n", "d: 1\n"), ("a: 1\nb: gone # why\nc: 2\n", "a: 1\nc: 2\n"),
            ("a: 1\nb: gone", "a: 1\n"), ("- b: gone\n  c: 1\n", "- c: 1\n"), ("a:\n- gone\n- 1\n", "a:\n- 1\n"),
            ("a: [1, gone]\n", "a: [1]\n"), ("x: 1\na: [gone]\n", "x: 1\n"),
            ("a:\n  b:\n    c: gone\n  d: 1\n", "a:\n  d: 1\n"),
        ])
    func removing(_ text: String, _ expected: String) throws {
        #expect(try changed(text, at: "gone") { .removing($0) } == expected)
    }

    @Test("takes out a list by one of its items")
    func removingList() throws {
        #expect(try changed("a: 1\nb: [x, gone]\n", at: "gone") { .removing(listOf: $0) } == "a: 1\n")
    }

    @Test(
        "puts something behind an entry or item, laid out like it",
        arguments: [
            ("a: [here]\n", "a: [here, new]\n"),
            ("a:\n  - 1\n  - here # why\n", "a:\n  - 1\n  - here # why\n  - new\n"),
            ("- x: 1\n  y: here\n  z: 1\n", "- x: 1\n  y: here\n  new\n  z: 1\n"), ("{y: here}", "{y: here, new}"),
        ])
    func inserting(_ text: String, _ expected: String) throws {
        #expect(try changed(text, at: "here") { .inserting("new", after: $0) } == expected)
    }

    @Test("is none where what it names stands behind an alias, or holds nothing beside it")
    func impossible() throws {
        let text = "a: &a\n  b: {x: 1}\nc: *a\n"
        #expect(try changed(text, at: "c") { .setting(["b", "x"], to: "2", under: $0) } == nil)
        #expect(try changed("- gone\n", at: "gone") { .removing($0) } == nil)
        #expect(try changed("b: gone\n", at: "gone") { .removing($0) } == nil)
    }

    @Test("is made beside another without touching what the other one changes")
    func neighbors() throws {
        let file = SourceFile(path: "a.yaml", text: "{a: 1, b: 2, c: 3}\n")
        let help = Help(
            "both", together: [.removing(SourceRange(file, 16, 17)), .removing(SourceRange(file, 10, 11))])
        let edits = try #require(help.proposals.first)
        #expect(zip(edits, edits.dropFirst()).allSatisfy { $0.range.end <= $1.range.start })
        #expect(String(decoding: file.edited(edits).bytes, as: UTF8.self) == "{a: 1, }\n")
    }
}
