import Foundation

// Refits the constants of the step-time equations and prints their error on runs that the fit did not see:
//
//     fit [MEASUREMENTS.csv]
//
// Without an argument the table is the one that STOWAGE_MEASUREMENTS names. The predictions are the compiler's own: a fit moves the
// constants of `StepTime` and has no equations besides.

let named = CommandLine.arguments.dropFirst().first ?? ProcessInfo.processInfo.environment["STOWAGE_MEASUREMENTS"]
guard let path = named, !path.isEmpty
else {
    print("skipped: no table of measurements (STOWAGE_MEASUREMENTS names none)")
    exit(0)
}
guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
    FileHandle.standardError.write(Data("error: \(path): cannot be read\n".utf8))
    exit(2)
}
let table = MeasurementTable(text)
let reports = [Kind.dense, .mixture].map { FitReport($0, table) }
print(page(table, reports), terminator: "")
exit(reports.allSatisfy(\.agrees) ? 0 : 1)
