import Foundation
import Groundwork
import Planning

/// A fit to a table of runs: its constants beside those of the compiler, and its error on runs that it did not see.
struct FitReport {
    /// A constant: the row of the compiler, what the fit gives now in the unit shown, and how it is shown.
    private struct Constant {
        let row: Parameter
        let models: String
        let now: Double
        let scale: Double
        let unit: String
        let decimals: Int

        init(
            _ row: Parameter, _ models: String, _ now: Double, times scale: Double = 1, _ unit: String = "",
            decimals: Int
        ) {
            (self.row, self.models, self.now, self.scale, self.unit) = (row, models, now, scale, unit)
            self.decimals = decimals
        }

        var fitted: String { shown(now * scale, decimals) + unit }
        var compiled: String { shown(row.value * scale, decimals) + unit }
    }

    private let table: MeasurementTable
    private let constants: [Constant]
    private let predictions: [(holding: HoldingOut, made: [Prediction])]

    init(_ table: MeasurementTable) {
        let fitted = fit(table.rows)
        self.table = table
        constants = Kind.allCases.flatMap { Self.constants($0, fitted[$0]) } + Self.shared(fitted[.dense])
        predictions = HoldingOut.allCases.map { ($0, crossValidate(table.rows, by: $0, beside: fitted)) }
    }

    private static func constants(_ kind: Kind, _ now: StepConstants<Double>) -> [Constant] {
        let row = kind.compiled
        let models = kind.rawValue
        return [
            Constant(row.bandwidthEfficiency, models, now.bandwidthEfficiency, decimals: 2),
            Constant(row.cacheEfficiency, models, now.cacheEfficiency, decimals: 2),
            Constant(row.computeEfficiency, models, now.computeEfficiency, decimals: 2),
            Constant(row.layerTime, models, now.layerTime, times: 1e6, " µs", decimals: 1),
            Constant(row.allReduceLatency, models, now.allReduceLatency, times: 1e6, " µs", decimals: 1),
            Constant(row.exchangeSpeed, models, now.exchangeSpeed, " GB/s", decimals: 1),
        ]
    }

    private static func shared(_ now: StepConstants<Double>) -> [Constant] {
        [
            Constant(Kind.dense.compiled.startTime, "all", now.startTime, times: 1e6, " µs", decimals: 0),
            Constant(Kind.dense.compiled.chunkTime, "all", now.chunkTime, times: 1e6, " µs", decimals: 0),
        ]
    }

    /// Whether the compiler's constants are those of the fit, as far as they are shown.
    var agrees: Bool { constants.allSatisfy { $0.fitted == $0.compiled } }

    /// The whole report, as Markdown.
    var page: String {
        let lines =
            [
                "\(table.rows.count) runs of vLLM; \(table.others) rows are of other engines or without a time per output token.",
                "Left out: " + table.leftOut.map { "\($0.count) \($0.reason)" }.joined(separator: ", ") + ".", "",
                "| constant | models | fitted | in the compiler |", "|---|---|---|---|",
            ] + constantRows
            + [
                "", "Error on held-out runs: each group was predicted by a fit to all others.", "",
                "| quantity | models | held out together (groups) | runs | median error | p90 of measured ÷ predicted | within the planned latency |",
                "|---|---|---|---|---|---|---|",
            ] + errorRows
            + [
                "", "The same by GPU, each model held out:", "",
                "| quantity | models | GPU | runs | median error | p90 of measured ÷ predicted | margin | within the planned latency |",
                "|---|---|---|---|---|---|---|---|",
            ] + cellRows
        return lines.joined(separator: "\n") + "\n"
    }

    private var constantRows: [String] {
        constants.map { constant in
            let isSame = constant.fitted == constant.compiled
            return row(
                constant.row.name, constant.models, constant.fitted, isSame ? "the same" : constant.compiled)
        }
    }

    private var errorRows: [String] {
        combinations { quantity, kind in
            predictions.map { holding, made in
                let error = HeldOut(made.filter { $0.quantity == quantity && $0.kind == kind })
                return row(
                    quantity.rawValue, kind.rawValue, "\(holding.words) (\(error.groups))", "\(error.count)",
                    percent(error.medianError, 1), shown(error.ninetieth, 2), percent(error.covered, 0))
            }
        }
    }

    private var cellRows: [String] {
        let made = predictions.first { $0.holding == .model }?.made ?? []
        return combinations { quantity, kind in
            let cells = Dictionary(grouping: made.filter { $0.quantity == quantity && $0.kind == kind }, by: \.gpu)
            return cells.sorted { $0.key < $1.key }.map { gpu, predictions in
                let error = HeldOut(predictions)
                return row(
                    quantity.rawValue, kind.rawValue, gpu, "\(error.count)", percent(error.medianError, 1),
                    shown(error.ninetieth, 2), shown(predictions[0].margin, 2), percent(error.covered, 0))
            }
        }
    }

    private func combinations(_ rows: (Quantity, Kind) -> [String]) -> [String] {
        Kind.allCases.flatMap { kind in Quantity.allCases.flatMap { rows($0, kind) } }
    }
}

extension Kind {
    /// The compiler's constants.
    fileprivate var compiled: FittedThresholds { self == .dense ? .dense : .moe }
}

private func row(_ cells: String...) -> String { "| " + cells.joined(separator: " | ") + " |" }

private func percent(_ share: Double, _ decimals: Int) -> String { shown(share * 100, decimals) + "%" }

private func shown(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", abs(value) < 1e-12 ? 0 : value)
}
