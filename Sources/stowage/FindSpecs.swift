import ArgumentParser
import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which specs a command compiles.
struct SpecArguments: ParsableArguments {
    @Argument(help: "GPUCluster files, or folders of them; `-` reads standard input.") var specs: [String]
    @Option(help: "Compile only part K of N of the specs (K/N), to split a fleet among several jobs.") var only: Share?
    @Option(help: "The number of specs to compile concurrently. Default: the number of processors.") var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("`--jobs` must be at least 1") }
    }

    /// How many specs are compiled at once.
    var width: Int { jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// The paths of the specs, folders replaced by the specs below them.
    func paths(_ report: inout Report) -> [String] {
        let found = specs.flatMap { path in isFolder(path) ? specsBelow(path, &report) : [path] }
        guard let only else { return found }
        return found.enumerated().filter { $0.offset % only.parts == only.part - 1 }.map(\.element)
    }
}

/// One of several equal parts, written `3/16`.
struct Share: ExpressibleByArgument {
    let part: Int
    let parts: Int

    init?(argument: String) {
        let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let part = numbers[0], let parts = numbers[1], (1...max(parts, 1)).contains(part)
        else { return nil }
        (self.part, self.parts) = (part, parts)
    }
}

/// The cluster specs below a folder, sorted by path; folders named `templates` are skipped.
private func specsBelow(_ folder: String, _ report: inout Report) -> [String] {
    var found: [String] = []
    var folders = [folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder]
    while let next = folders.popLast() {
        guard let names = names(in: next) else {
            report.error("unreadable-file", "`\(next)` cannot be read: \(String(cString: strerror(errno)))", at: nil)
            continue
        }
        for name in names {
            let path = "\(next)/\(name)"
            if isFolder(path) {
                if name != "templates" { folders.append(path) }
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml"), isClusterSpec(path, &report) {
                found.append(path)
            }
        }
    }
    if found.isEmpty, !report.hasErrors {
        report.error(
            "empty-folder", "`\(folder)` contains no GPUCluster", at: nil,
            help: ["run `stowage init \(folder)/mine.yaml` to write one"])
    }
    return found.sorted()
}

/// The names in a folder besides hidden ones; nil when it cannot be read.
func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names
}

/// Whether a file has a line `kind: GPUCluster`: other YAML may be next to the specs.
private func isClusterSpec(_ path: String, _ report: inout Report) -> Bool {
    guard let file = readSource(path, &report) else { return false }
    return (1...file.lineStarts.count).contains { number in
        let line = file.line(number)
        guard line.hasPrefix("kind:") else { return false }
        let word = line.dropFirst(5).prefix { $0 != "#" }.filter { !" \"'\t".contains($0) }
        return word == "GPUCluster"
    }
}
