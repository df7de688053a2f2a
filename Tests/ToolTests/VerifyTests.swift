import Foundation
import TestTools
import Testing

/// What people and pipelines see of `verify`.
struct VerifyTests {
    private let service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"

    @Test("exits 0 without findings, 1 with an error, 2 with what cannot be read")
    func statuses() throws {
        try withTemporaryFolder { folder in
            func verify(_ arguments: String...) throws -> Int32 {
                try run([stowage.path, "verify"] + arguments, in: folder).status
            }
            try Data(service.utf8).write(to: folder.appending(path: "a.yaml"))
            #expect(try verify(".") == 0)
            try Data(service.utf8).write(to: folder.appending(path: "b.yml"))
            #expect(try verify(".") == 1)
            #expect(try verify("a.yaml", "b.yml", "--except", "duplicate-object") == 0)
            #expect(try verify(".", "--write-baseline", "known.json") == 0)
            #expect(try verify(".", "--baseline", "known.json") == 0)
            #expect(try verify("missing.yaml") == 2)
            #expect(try verify(".", "--only", "no-such-rule") == 2)
            #expect(try verify() == 2)
        }
    }

    @Test("finds no error in what `generate` wrote", arguments: committed)
    func committedTrees(_ example: Example) throws {
        let outcome = try run([stowage.path, "verify", example.tree.path, "--severity", "error"])
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("prints the page of a rule")
    func page() throws {
        let outcome = try run([stowage.path, "verify", "--explain", "duplicate-object"])
        #expect(outcome.status == 0 && outcome.said.hasPrefix("# duplicate-object"))
    }
}
