import ArgumentParser
import Compiler
import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Compiles as a KRM function.
struct FunctionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fn",
        abstract: "Compile as a KRM function: a ResourceList on standard input, one on standard output.",
        discussion:
            "The GPUCluster is the functionConfig. Mistakes come as results and on standard error, with exit status 2.")

    @OptionGroup var templateOptions: TemplateOptions

    func run() throws {
        var report = Report()
        let templates = templateOptions.library(beside: "-", &report)
        let input = readSource("-", &report) ?? SourceFile(path: "<standard input>", bytes: [])
        stowage.write(answer(to: input, with: templates, &report), to: STDOUT_FILENO)
        try Reporter(format: .human).finish(report)
    }
}
