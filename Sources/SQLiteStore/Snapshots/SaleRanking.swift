package import Router

/// Finds the best of a span without looking at everybody.
///
/// A day or a month is read from the index. Any other span is taken apart into whole months and single days; whoever was among
/// the first of one of its months is looked at closely.
struct SaleRanking {
    private let connection: ReadConnection
    private let sealer: Sealer
    private let fold: Int64

    init(_ connection: ReadConnection, _ sealer: Sealer, fold: Int64) {
        (self.connection, self.sealer, self.fold) = (connection, sealer, fold)
    }

    private struct Candidate {
        let subject: Int64
        let currency: Currency
        var figures = SaleFigures()
    }

    func ranking(_ query: SalesQuery) throws -> SalesRanking {
        guard query.from <= query.to, query.limit > 0 else { return SalesRanking(lines: [], isExact: true) }
        let spans = SaleSpans(from: query.from, to: query.to)
        var (candidates, most): ([Candidate], Int128) = ([], 0)
        for (shelf, currency) in try shelves(query) {
            var subjects: Set<Int64> = []
            var unseen: Int128 = 0
            for span in spans.ranked {
                let depth = spans.depth(query.limit)
                let first = try first(of: shelf, span, depth)
                subjects.formUnion(first.map(\.subject))
                // Whoever is not among them has at most as many in this span as the last of them.
                if first.count == depth { unseen += Int128(first.last?.place ?? 0) }
            }
            most = max(most, unseen)
            candidates += try subjects.map { try candidate($0, currency, spans) }
        }
        return try ranking(of: candidates.filter { !$0.figures.isZero }, query.limit, unseen: most, spans)
    }

    private func ranking(
        of candidates: [Candidate], _ limit: Int, unseen: Int128, _ spans: SaleSpans
    ) throws -> SalesRanking {
        let ranked = candidates.sorted { left, right in
            let (first, second) = (left.figures, right.figures)
            if first != second { return (first.count, first.amount) > (second.count, second.amount) }
            return left.subject < right.subject
        }
        let lines = try ranked.prefix(limit).map { candidate in
            let label = try connection(SaleRows.label).first({ $0.integer(candidate.subject) }) {
                SaleLabel(opened: try sealer.opened($0.blob(0)))
            }
            return SalesRanking.Line(
                currency: candidate.currency, id: label?.id ?? "", name: label?.name, figures: candidate.figures)
        }
        let last = ranked.count >= limit ? ranked[limit - 1].figures.count : 0
        return SalesRanking(
            lines: lines.sorted(by: SalesRanking.precedes), isExact: spans.isOne || unseen <= last)
    }

    private func shelves(_ query: SalesQuery) throws -> [(Int64, Currency)] {
        try connection(SaleRows.shelves).all({
            $0.text(query.app.text)
            $0.text(query.environment.rawValue)
            $0.text(query.topic.rawValue)
        }) { row in
            guard let currency = Currency(code: row.text(1)) else {
                throw RecordFault("a shelf of sales has an unknown currency")
            }
            return (row.integer(0), currency)
        }
    }

    private func first(of shelf: Int64, _ span: SaleSpan, _ limit: Int) throws -> [(subject: Int64, place: Int64)] {
        try connection(SaleRows.first).all({
            $0.integer(fold)
            $0.integer(shelf)
            $0.integer(span.number)
            $0.integer(Int64(limit))
        }) { ($0.integer(0), $0.integer(1)) }
    }

    private func candidate(_ subject: Int64, _ currency: Currency, _ spans: SaleSpans) throws -> Candidate {
        var candidate = Candidate(subject: subject, currency: currency)
        for stretch in spans.stretches {
            try connection(SaleRows.stretch).each({
                $0.integer(fold)
                $0.integer(subject)
                $0.integer(stretch.lowerBound)
                $0.integer(stretch.upperBound)
            }) { row in
                candidate.figures.add(try SaleFigures(stored: row.blob(0)))
                return true
            }
        }
        return candidate
    }
}

extension SQLiteStore {
    package func sales(_ query: SalesQuery) async throws(StoreFailure) -> SalesRanking {
        let sealer = sealer
        return try await reader.read { connection in
            let fold = try SnapshotFolds.state(connection).fold
            return try SaleRanking(connection, sealer, fold: fold).ranking(query)
        }
    }

    package func snapshotDigest() async throws(StoreFailure) -> SnapshotDigest {
        let sealer = sealer
        return try await reader.read { connection in
            let state = try SnapshotFolds.state(connection)
            var digest = SnapshotDigest(unit: state.unit, at: state.at, unreadable: state.unreadable)
            try connection(SnapshotRows.all).each({ $0.integer(state.fold) }) { row in
                let snapshot = try SnapshotRows.snapshot(row)
                digest.rows[snapshot.key] = snapshot.figures
                return true
            }
            try connection(SaleRows.all).each({ $0.integer(state.fold) }) { row in
                guard let currency = Currency(code: row.text(3)) else {
                    throw RecordFault("a shelf of sales has an unknown currency")
                }
                let group = SnapshotDigest.SaleGroup(
                    app: try row.id(0), environment: try row.word(1), topic: try row.word(2), currency: currency,
                    span: row.integer(4))
                digest.sales[group, default: .init()].add(
                    SaleLabel(opened: try sealer.opened(row.blob(6))).id, try SaleFigures(stored: row.blob(7)))
                return true
            }
            return digest
        }
    }
}
