import Foundation
import PackagePlugin

/// Embeds the default templates and the catalog's tables as string literals.
///
/// Both lie inside the target's folder, the templates by a symbolic link, because the package manager watches nothing
/// else: a file that comes or goes makes it ask this plugin again, a file that changes runs the command again.
@main
struct EmbedData: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL
        let templates = folder.appending(path: "Templates/Defaults").resolvingSymlinksInPath()
        let tables = folder.appending(path: "Catalog/Tables")
        let templatePaths = try paths(under: templates, ending: ".yaml")
        let tablePaths = try paths(under: tables, ending: ".csv")
        let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
        return [
            .buildCommand(
                displayName: "Embedding templates and tables",
                executable: try context.tool(named: "embed").url,
                arguments: [output.path, "templates", templates.path] + templatePaths
                    + ["tables", tables.path] + tablePaths,
                inputFiles: templatePaths.map { templates.appending(path: $0) }
                    + tablePaths.map { tables.appending(path: $0) },
                outputFiles: [output])
        ]
    }

    /// Lists the files of a folder as paths within it, without the hidden ones that editors leave.
    private func paths(under folder: URL, ending: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") && !$0.contains("/.") }
            .sorted()
    }
}
