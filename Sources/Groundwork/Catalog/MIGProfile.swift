/// A MIG profile of a GPU: a row of `mig-profiles.csv`.
package struct MIGProfile: CatalogRow {
    /// Where its figures come from.
    package enum Confidence: String, Sendable { case published, computed, guess }

    /// The id of its GPU.
    package let gpuID: String
    /// NVIDIA's name, for example `1g.10gb`.
    package let name: String
    package let computeSlices: Int
    package let memorySlices: Int
    /// Memory that CUDA provides in an instance, less than in the name.
    package let usableMiB: Int
    /// The maximum per GPU.
    package let mostPerGPU: Int
    /// The memory slices at which it may begin.
    package let starts: [Int]
    package let confidence: Confidence
    /// The name of its GPU in Bottlerocket's settings; nil if Bottlerocket does not support it.
    package let bottlerocketGPU: String?
    package let reference: CatalogReference

    /// The extended resource that the device plugin advertises for it, for example `nvidia.com/mig-1g.10gb`.
    package var resource: String { "nvidia.com/mig-" + String(name.map { $0 == "+" ? "." : $0 }) }
}

extension MIGProfile {
    /// Reads the table of profiles.
    static func load() -> [MIGProfile] {
        let columns = [
            "gpu", "profile", "compute", "memory", "usable-mib", "most", "starts", "figures", "bottlerocket",
            "source",
        ]
        return scan("mig-profiles", columns: columns) { row in
            let (gpu, name) = (row.text(), row.text())
            return MIGProfile(
                gpuID: gpu, name: name, computeSlices: row.integer(), memorySlices: row.integer(),
                usableMiB: row.integer(), mostPerGPU: row.integer(), starts: starts(&row),
                confidence: row.word(Confidence.self), bottlerocketGPU: word(row.text()),
                reference: row.reference("\(gpu) \(name)", source: row.text()))
        }
    }

    private static func word(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func starts(_ row: inout RowScanner) -> [Int] {
        row.words().map { word in
            guard let start = Int(word) else { row.fail("`\(word)` is not a slice") }
            return start
        }
    }
}
