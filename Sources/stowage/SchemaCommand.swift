import ArgumentParser
import Planning

/// Prints the JSON Schema of specs.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema (draft-07) of specs, for editors and validators.")

    func run() { printProduct(jsonSchema()) }
}
