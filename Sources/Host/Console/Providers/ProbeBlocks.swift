import Router

/// What a test of a provider's connection found.
enum ProbeBlocks {
    static func block(_ report: ProviderTest.Report, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var block = ConsoleBlock(heading: texts["tested"])
        block.add(texts["time"], visit.time(report.at))
        block.add(texts["answerAfter"], report.milliseconds.map { "\($0) ms" })
        var table = ConsoleTable(
            caption: texts["tested"], empty: "",
            columns: [
                .init(texts["part"]), .init(texts["result"]), .init(texts["detail"]), .init(texts["remedy"]),
            ])
        table.rows = report.findings.map { finding in
            [
                .init(finding.part), .init(texts.word("grade", finding.grade.rawValue), mood: mood(finding.grade)),
                .init(finding.detail), .init(finding.remedy),
            ]
        }
        block.table = table
        block.style = .wide
        return block
    }

    private static func mood(_ grade: ProviderTest.Grade) -> ConsolePage.Mood {
        switch grade {
        case .good: .good
        case .doubtful: .warn
        case .bad: .bad
        }
    }
}
