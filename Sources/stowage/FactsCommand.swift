import ArgumentParser
import Compiler

/// Lists the facts for placeholders in templates.
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "List the facts that templates can use: name, type, meaning.")

    func run() { printProduct(factsReference()) }
}
