import Foundation
import TestTools
import Testing

/// Many specs in one run.
struct FleetTests {
    @Test("one wrong cluster does not keep the others from being written, and the exit status says so")
    func oneIsWrong() throws {
        try withFleet(of: 5) { folder in
            let wrong = folder.appending(path: "specs/c3.yaml")
            try String(contentsOf: wrong, encoding: .utf8).replacing("steady", with: "stedy")
                .write(to: wrong, atomically: true, encoding: .utf8)
            let outcome = try run([stowage.path, "generate", "specs"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.said.contains("--> specs/c3.yaml:"), "\(outcome.said)")
            #expect(outcome.said.contains("1 of 5 clusters failed"), "\(outcome.said)")
            #expect(try clusters(in: folder) == ["c1", "c2", "c4", "c5"])
        }
    }

    @Test("the parts of a fleet are the fleet, and each tree is the same whoever makes it")
    func parts() throws {
        try withFleet(of: 7) { folder in
            #expect(try run([stowage.path, "generate", "specs", "--jobs", "1"], in: folder).status == 0)
            let whole = try digests(in: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "out"))
            for part in 1...3 {
                #expect(try run([stowage.path, "generate", "specs", "--only", "\(part)/3"], in: folder).status == 0)
            }
            #expect(try digests(in: folder) == whole)
            #expect(try run([stowage.path, "generate", "specs", "--jobs", "4", "--check"], in: folder).status == 0)
        }
    }

    @Test("a change of the base makes the trees stale that stand on it")
    func base() throws {
        try withFleet(of: 2) { folder in
            #expect(try run([stowage.path, "generate", "specs"], in: folder).status == 0)
            let base = folder.appending(path: "specs/bases/fleet.yaml")
            try String(contentsOf: base, encoding: .utf8).replacing("peak: 12", with: "peak: 80")
                .write(to: base, atomically: true, encoding: .utf8)
            let outcome = try run([stowage.path, "generate", "specs", "--check"], in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.said.contains("out/c1 differs from what its spec generates"), "\(outcome.said)")
        }
    }

    @Test("two clusters of one name are rejected before anything is written")
    func sharedName() throws {
        try withFleet(of: 2) { folder in
            let copy = folder.appending(path: "specs/c1-copy.yaml")
            try FileManager.default.copyItem(at: folder.appending(path: "specs/c1.yaml"), to: copy)
            let outcome = try run([stowage.path, "generate", "specs"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.said.contains("two specs describe the cluster `c1`"), "\(outcome.said)")
        }
    }
}

/// Lends a folder with a base and clusters that extend it.
private func withFleet(of count: Int, _ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
        let minimal = try text("specs/minimal.yaml")
        let shared = minimal.replacing("kind: GPUCluster", with: "kind: GPUClusterBase")
            .replacing("metadata:\n  name: minimal\n", with: "")
        let bases = folder.appending(path: "specs/bases")
        try FileManager.default.createDirectory(at: bases, withIntermediateDirectories: true)
        try shared.write(to: bases.appending(path: "fleet.yaml"), atomically: true, encoding: .utf8)
        for number in 1...count {
            let spec = """
                apiVersion: stowage.dev/v1alpha1
                kind: GPUCluster
                metadata: {name: c\(number)}
                spec:
                  extends: bases/fleet.yaml
                  platform: {cluster: c\(number)}
                  models:
                    - name: llama
                      traffic: {requestsPerSecond: {steady: \(number)}}

                """
            try spec.write(
                to: folder.appending(path: "specs/c\(number).yaml"), atomically: true, encoding: .utf8)
        }
        try body(folder)
    }
}

private func clusters(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "out").path).sorted()
}

/// Every file of every tree by its path.
private func digests(in folder: URL) throws -> [String: Data] {
    let out = folder.appending(path: "out")
    return try Dictionary(
        uniqueKeysWithValues: files(under: out) { _ in true }.map { ($0.path, try Data(contentsOf: $0)) })
}
