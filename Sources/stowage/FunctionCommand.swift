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
        abstract: "Run as a KRM function: read a ResourceList from standard input, write one to standard output.",
        discussion:
            "The GPUCluster is the functionConfig. Errors go to the results and to standard error, with exit status 2.")

    @OptionGroup var templateOptions: TemplateOptions

    func run() throws {
        var report = Report()
        let templates = templateOptions.library(beside: "-", &report)
        let input = readSource("-", &report) ?? SourceFile(path: "<standard input>", bytes: [])
        stowage.write(answer(to: input, with: templates, &report), to: STDOUT_FILENO)
        try Reporter(format: .human).finish(report)
    }
}
