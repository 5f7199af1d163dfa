import Router

/// Daily figures as parts of a page: what is looked at first, a chart, and the numbers as a table.
struct FigureBlocks {
    let visit: ConsoleVisit
    let environment: PayEnvironment
    let from: SnapshotDay
    let to: SnapshotDay

    private var texts: ConsoleTexts { visit.texts }

    /// - Parameters:
    ///   - summary: Rows of the span.
    ///   - today: The day that it is.
    ///   - days: Whether a table has a line for each day.
    /// - Returns: Parts for each currency; one that says so where nothing happened.
    func blocks(_ summary: Snapshots.Summary, today: SnapshotDay, days: Bool) -> [ConsoleBlock] {
        let currencies = Set(summary.rows.map(\.key.currency)).sorted { $0.code < $1.code }
        var blocks: [ConsoleBlock] = []
        for currency in currencies {
            let rows = summary.rows.filter { $0.key.currency == currency }
            blocks.append(sums(rows, currency, today))
            blocks.append(channels(rows, currency))
            blocks.append(table(rows, currency, isFolded: !days))
        }
        if blocks.isEmpty {
            blocks = [ConsoleBlock(heading: heading(), paragraphs: [(texts["figuresNone"], .plain)])]
        }
        if summary.standing.lag > 0 {
            blocks[0].paragraphs.append(
                (texts.filled("figuresTo", ["time": visit.time(summary.standing.foldedTo)]), .warn))
        }
        return blocks
    }

    private func heading(_ currency: Currency? = nil) -> String {
        let parts = [texts.word("environment", environment.rawValue), currency?.code, "\(from) – \(to)"]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private func sums(_ rows: [Snapshot], _ currency: Currency, _ today: SnapshotDay) -> ConsoleBlock {
        let whole = sum(rows), now = sum(rows.filter { $0.key.day == today })
        var block = ConsoleBlock(heading: heading(currency))
        let payments = rows.filter { $0.key.kind == .payment }
        block.figures = [
            figure("gross", money(whole[.gross], currency), today: money(now[.gross], currency)),
            figure(
                "succeeded", count(sum(payments)[.succeeded]),
                today: count(sum(payments.filter { $0.key.day == today })[.succeeded])),
            .init(label: texts["successRate"], value: rate(sum(payments)), hint: texts["successRateHint"]),
            figure("refunds", money(whole[.refunds], currency), today: money(now[.refunds], currency)),
            figure("payouts", money(whole[.payouts], currency), today: money(now[.payouts], currency)),
            figure("fees", money(whole[.fees], currency), today: money(now[.fees], currency)),
        ]
        let byDay = rows.sums { $0.day }
        let days = (from.number...to.number).suffix(366).map { SnapshotDay(number: $0) }
        block.chart = ConsoleChart(
            label: texts["gross"], caption: texts["chartCaption"],
            bars: days.map { day in
                let value = byDay[day]?[.gross].clamped ?? 0
                return ("\(day): \(money(Int128(value), currency))", max(0, value))
            })
        return block
    }

    private func figure(_ name: String, _ value: String, today: String) -> ConsoleBlock.Figure {
        .init(label: texts[name], value: value, hint: texts.filled("today", ["value": today]))
    }

    private func channels(_ rows: [Snapshot], _ currency: Currency) -> ConsoleBlock {
        var table = columns(texts["channel"], texts["byChannel"])
        let byChannel = Dictionary(grouping: rows, by: \.key.channel).sorted { $0.key < $1.key }
        table.rows = byChannel.map { line($0.isEmpty ? texts["channelNone"] : $0, $1, currency) }
        return ConsoleBlock(heading: "\(texts["byChannel"]), \(currency.code)", table: table, style: .wide)
    }

    private func table(_ rows: [Snapshot], _ currency: Currency, isFolded: Bool) -> ConsoleBlock {
        var table = columns(texts["day"], texts["byDay"])
        let byDay = Dictionary(grouping: rows, by: \.key.day).sorted { $0.key > $1.key }
        table.rows = byDay.map { line($0.description, $1, currency) }
        if isFolded { table.fold = texts["byDayShow"] }
        return ConsoleBlock(heading: "\(texts["byDay"]), \(currency.code)", table: table, style: .wide)
    }

    private func columns(_ first: String, _ caption: String) -> ConsoleTable {
        ConsoleTable(
            caption: caption, empty: texts["figuresNone"],
            columns: [
                .init(first), .init(texts["accepted"], isNumber: true), .init(texts["succeeded"], isNumber: true),
                .init(texts["failed"], isNumber: true), .init(texts["gross"], isNumber: true),
                .init(texts["refunds"], isNumber: true), .init(texts["payouts"], isNumber: true),
                .init(texts["fees"], isNumber: true),
            ])
    }

    /// Counts are those of payments; money is that of all orders.
    private func line(_ name: String, _ rows: [Snapshot], _ currency: Currency) -> [ConsoleTable.Cell] {
        let payments = sum(rows.filter { $0.key.kind == .payment })
        let ended = payments[.failed] + payments[.cancelled] + payments[.expired]
        let all = sum(rows)
        return [
            .init(name), .init(count(payments[.accepted])), .init(count(payments[.succeeded])), .init(count(ended)),
        ]
            + [SnapshotFigures.Figure.gross, .refunds, .payouts, .fees].map { .init(money(all[$0], currency)) }
    }

    /// The best of a span.
    func ranking(_ heading: String, _ empty: String, _ ranking: Snapshots.Ranking, counted: String) -> ConsoleBlock {
        var table = ConsoleTable(
            caption: heading, empty: empty,
            columns: [.init(texts["name"]), .init(counted, isNumber: true), .init(texts["amount"], isNumber: true)])
        table.rows = ranking.lines.map { line in
            [
                .init(line.name.map { "\($0) (\(line.id))" } ?? line.id), .init(count(line.figures.count)),
                .init(money(line.figures.amount, line.currency)),
            ]
        }
        return ConsoleBlock(heading: heading, table: table)
    }

    private func sum(_ rows: [Snapshot]) -> SnapshotFigures {
        rows.reduce(into: SnapshotFigures()) { $0.add($1.figures) }
    }

    /// What came to an end well, of all that came to an end.
    private func rate(_ figures: SnapshotFigures) -> String {
        let ended = figures[.succeeded] + figures[.failed] + figures[.cancelled] + figures[.expired]
        guard ended > 0 else { return "-" }
        let tenths = (figures[.succeeded] * 1_000 + ended / 2) / ended
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private func count(_ value: Int128) -> String { "\(value)" }

    private func money(_ value: Int128, _ currency: Currency) -> String { visit.amount(Money(value.clamped, currency)) }
}
