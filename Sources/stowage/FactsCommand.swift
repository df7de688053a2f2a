import ArgumentParser
import Compiler

/// Lists what holes of templates may say.
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "List the facts that templates may place: name, type, meaning.")

    func run() { printProduct(factsReference()) }
}
