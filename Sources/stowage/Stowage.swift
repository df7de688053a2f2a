import ArgumentParser
import Compiler

/// The command line: one subcommand in each file.
@main
struct Stowage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stowage",
        abstract: "Compile a GPU cluster spec into Kubernetes manifests for LLM inference on Amazon EKS.",
        discussion: """
            Exit status: 0 success or no differences, 1 differences or findings, 2 invalid input, 70 a bug in stowage.
            Standard output has the result only; everything else goes to standard error. `-` reads standard input.
            """,
        version: compilerVersion,
        subcommands: [
            Init.self, Validate.self, Generate.self, DiffCommand.self, PlanCommand.self, Explain.self, Templates.self,
            Models.self,
            FactsCommand.self, SchemaCommand.self, FunctionCommand.self, VerifyCommand.self, SimulateCommand.self,
            ImportCommand.self,
        ]
    )

    /// Runs the command; wrong usage has exit status 2.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let status as Status {
            exit(withError: ExitCode(status.code))
        } catch {
            let code = exitCode(for: error)
            if code == .success || code.rawValue == 1 { exit(withError: error) }
            printError(fullMessage(for: error))
            exit(withError: ExitCode(error is CleanExit ? 0 : 2))
        }
    }
}

/// How a command ended, where it did not simply succeed.
enum Status: Error {
    case differences, wrongInput, bug

    var code: Int32 {
        switch self {
        case .differences: 1
        case .wrongInput: 2
        case .bug: 70
        }
    }
}
