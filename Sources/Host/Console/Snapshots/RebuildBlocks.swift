import Router

/// How far a rebuilding of daily figures is, and what it found.
struct RebuildBlocks {
    let visit: ConsoleVisit
    private var texts: ConsoleTexts { visit.texts }

    init(visit: ConsoleVisit) { self.visit = visit }

    func blocks(_ report: SnapshotRun.Report) -> [ConsoleBlock] {
        switch report.progress {
        case .none: return []
        case .running: return [running(report)]
        case .failed:
            let why = report.failure.map { "\($0)" } ?? ""
            return [ConsoleBlock(paragraphs: [(texts.filled("snapshotsFailed", ["why": why]), .bad)])]
        case .done: return report.differences.map(done) ?? []
        }
    }

    private func running(_ report: SnapshotRun.Report) -> ConsoleBlock {
        let values = ["units": "\(report.units)", "newest": "\(report.newest)"]
        return ConsoleBlock(
            paragraphs: [(texts.filled("snapshotsRunning", values), .warn)],
            links: [.init(address: "/console/snapshots", label: texts["lookAgain"])])
    }

    private func done(_ found: SnapshotDifferences) -> [ConsoleBlock] {
        let values = [
            "from": found.days.lowerBound.description, "to": found.days.upperBound.description,
            "rows": "\(found.compared)",
        ]
        var block = ConsoleBlock(heading: texts.filled("snapshotsOf", values))
        guard !found.isNone else {
            block.paragraphs = [(texts.filled("snapshotsSame", values), .good)]
            return [block]
        }
        block.paragraphs = [(texts.filled("snapshotsDiffer", values), .warn)]
        if found.sales > 0 {
            block.paragraphs.append((texts.filled("snapshotsSales", ["count": "\(found.sales)"]), .warn))
        }
        if found.omitted > 0 {
            block.paragraphs.append((texts.filled("snapshotsMore", ["count": "\(found.omitted)"]), .warn))
        }
        block.table = table(found.rows)
        block.style = .wide
        return [block]
    }

    private func table(_ rows: [SnapshotDifferences.Row]) -> ConsoleTable {
        var table = ConsoleTable(
            caption: texts["snapshots"], empty: texts["snapshotsSalesOnly"],
            columns: [
                .init(texts["app"]), .init(texts["day"]), .init(texts["channel"]), .init(texts["kind"]),
                .init(texts["figure"]), .init(texts["before"], isNumber: true), .init(texts["after"], isNumber: true),
            ])
        table.rows = rows.flatMap { row in
            SnapshotFigures.Figure.allCases.filter { row.before[$0] != row.after[$0] }.map { cells(row, $0) }
        }
        return table
    }

    private func cells(
        _ row: SnapshotDifferences.Row, _ figure: SnapshotFigures.Figure
    ) -> [ConsoleTable.Cell] {
        let key = row.key
        func shown(_ figures: SnapshotFigures) -> String {
            let value = figures[figure]
            return figure.isMoney ? visit.amount(Money(value.clamped, key.currency)) : "\(value)"
        }
        return [
            .init("\(key.app), \(texts.word("environment", key.environment.rawValue))"), .init(key.day.description),
            .init(key.channel.isEmpty ? nil : key.channel), .init(texts.word("orderKind", key.kind.rawValue)),
            .init(texts.word("figure", figure.rawValue)), .init(shown(row.before)),
            .init(shown(row.after)),
        ]
    }
}
