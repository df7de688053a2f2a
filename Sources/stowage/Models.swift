import ArgumentParser
import Diagnostics
import Groundwork

/// Shows the catalog of models, and makes rows for it.
struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and show the models of the catalog, and make a row for another one from its config.json.",
        subcommands: [List.self, Show.self, Add.self],
        defaultSubcommand: List.self)

    /// Lists the models of the catalog.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every model of the catalog: parameters, layers, KV cache per token, context, dtype, source."
        )

        func run() { printProduct(modelTable(Catalog.models)) }
    }

    /// Shows one model of the catalog.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show everything that the catalog knows of a model.")
        @Argument(help: "The name of the model on Hugging Face, as `models list` prints it.") var name: String
        @OptionGroup var reportOptions: ReportOptions

        func run() throws {
            if let model = Catalog.model(named: name) { return printProduct(model.description) }
            var report = Report()
            let near = closest(to: name, among: Catalog.models.map(\.name))
            report.error(
                "unknown-model", "the catalog has no model `\(name)`", at: nil,
                help: [Help(near.map { "did you mean `\($0)`?" } ?? "run `stowage models list` to list the models")])
            try reportOptions.finish(report)
        }
    }

    /// Makes a row of the catalog from a `config.json`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the row of the catalog for a model, from its config.json.")
        @Argument(help: "The `config.json` of the model; `-` reads standard input.") var config: String
        @Option(help: "The model's `model.safetensors.index.json`, whose size the parameters are compared with.")
        var index: String?
        @Option(help: "The name of the model on Hugging Face.") var name = "ORGANIZATION/MODEL"
        @Option(help: "Where the config.json was read, for the last column.") var source = "its config.json"
        @Option(help: "A key of the config.json that changes neither memory nor speed.") var ignore: [String] = []
        @OptionGroup var reportOptions: ReportOptions

        func run() throws {
            var report = Report()
            let file = readSource(config, &report)
            let sizes = index.flatMap { readSource($0, &report) }
            guard let file, !report.hasErrors,
                let found = readModelConfig(file, ignoring: ignore, index: sizes, &report)
            else { return try reportOptions.finish(report) }
            try reportOptions.finish(report)
            printProduct(ModelArchitecture(found, name: name, source: source).row + "\n")
        }
    }
}
