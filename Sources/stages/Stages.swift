import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning

/// Prints how long planning a spec takes beside all of compiling it: `stages spec.yaml`, one stage and its milliseconds of CPU to a line.
///
/// `stages --scaler` prints the simulated reconciles of an HPA per second of CPU instead.
@main
enum Stages {
    /// Each figure is a median of so many runs.
    private static let runs = 7

    static func main() {
        if CommandLine.arguments.dropFirst().first == "--scaler" { return ScalerSteps.measure() }
        guard let path = CommandLine.arguments.dropFirst().first, let bytes = FileManager.default.contents(atPath: path)
        else { return fail("one spec is needed: stages spec.yaml") }
        let source = SpecSource(SourceFile(path: path, bytes: Array(bytes)))
        var report = Report()
        guard let spec = understand(source, &report), plan(spec, &report) != nil else {
            return fail("the spec does not compile: stowage plan tells why")
        }
        let templates = TemplateLibrary([.defaults])
        let stages: [(name: String, seconds: () -> Double)] = [
            ("understand", { seconds { understand(source, &report) } }),
            ("plan", { seconds { plan(spec, &report) } }),
            ("compile", { seconds { compile(source, with: templates, &report) } }),
        ]
        for stage in stages {
            let times = (0..<runs).map { _ in stage.seconds() }.sorted()
            print(stage.name, String(format: "%.1f", times[runs / 2] * 1000))
        }
    }

    /// Seconds of CPU that some work takes; what it made is given up afterwards.
    private static func seconds<Result>(of work: () -> Result) -> Double {
        let start = clock()
        let result = work()
        let end = clock()
        return withExtendedLifetime(result) { Double(end - start) / Double(CLOCKS_PER_SEC) }
    }

    private static func fail(_ words: String) {
        FileHandle.standardError.write(Data("\(words)\n".utf8))
        exit(1)
    }
}
