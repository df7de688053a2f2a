import Compiler
import Diagnostics
import Foundation

/// Prints how long planning a spec takes beside all of compiling it: `stages spec.yaml`, one stage and its milliseconds of CPU to a line.
@main
enum Stages {
    /// Each figure is a median of so many runs.
    private static let runs = 7

    static func main() {
        guard let path = CommandLine.arguments.dropFirst().first, let bytes = FileManager.default.contents(atPath: path)
        else { return fail("one spec is needed: stages spec.yaml") }
        let source = SpecSource(SourceFile(path: path, bytes: Array(bytes)))
        var report = Report()
        guard let spec = understand(source, &report), plan(spec, &report) != nil else {
            return fail("the spec does not compile: stowage plan tells why")
        }
        let templates = TemplateLibrary([.defaults])
        let stages: [(name: String, run: () -> Void)] = [
            ("understand", { _ = understand(source, &report) }),
            ("plan", { _ = plan(spec, &report) }),
            ("compile", { _ = compile(source, with: templates, &report) }),
        ]
        for stage in stages {
            let times = (0..<runs).map { _ in seconds(of: stage.run) }.sorted()
            print(stage.name, String(format: "%.1f", times[runs / 2] * 1000))
        }
    }

    /// Seconds of CPU that some work takes, the release of what it made included.
    private static func seconds(of work: () -> Void) -> Double {
        let start = clock()
        work()
        return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }

    private static func fail(_ words: String) {
        FileHandle.standardError.write(Data("\(words)\n".utf8))
        exit(1)
    }
}
