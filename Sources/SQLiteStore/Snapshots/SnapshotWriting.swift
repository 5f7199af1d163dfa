package import Router

/// How what units add to snapshots becomes rows, all in the transaction that moves the fold on.
extension WriterConnection {
    /// - Returns: `false`, and nothing is written, if the fold is not where it is expected.
    func write(_ batch: SnapshotBatch, _ sales: [EncodedSale], into fold: Int64, after unit: Int64) throws -> Bool {
        try self(SnapshotFolds.makeFirst).run()
        let moved = try self(SnapshotFolds.advance).run {
            $0.integer(batch.unit)
            $0.integer(batch.at.milliseconds)
            $0.integer(batch.unreadable)
            $0.integer(fold)
            $0.integer(unit)
        }
        guard moved == 1 else { return false }
        for (key, added) in batch.rows {
            let stored = try self(SnapshotRows.get).first({ SnapshotRows.key(key, of: fold, &$0) }) {
                try SnapshotFigures(stored: $0.blob(0))
            }
            var figures = stored ?? SnapshotFigures()
            figures.add(added)
            try self(SnapshotRows.set).run {
                SnapshotRows.key(key, of: fold, &$0)
                $0.blob(figures.bytes)
            }
        }
        let isShown = try self(SnapshotFolds.present).first { $0.integer(0) } == fold
        for sale in sales { try write(sale, into: fold, renames: isShown) }
        return true
    }

    /// Adds a sale to its day and its month; it brings the newest name there is if its fold is the one that is shown.
    private func write(_ sale: EncodedSale, into fold: Int64, renames: Bool) throws {
        let shelf = try shelf(sale.key)
        let subject = try subject(sale, on: shelf, renames: renames)
        for span in SaleSpan.all(of: sale.key.day) {
            let stored = try self(SaleRows.get).first({
                $0.integer(fold)
                $0.integer(subject)
                $0.integer(span.number)
            }) { try SaleFigures(stored: $0.blob(0)) }
            var figures = stored ?? SaleFigures()
            figures.add(sale.figures)
            try self(SaleRows.set).run {
                $0.integer(fold)
                $0.integer(subject)
                $0.integer(span.number)
                $0.integer(shelf)
                $0.integer(figures.count.clamped)
                $0.blob(figures.bytes)
            }
        }
    }

    private func shelf(_ key: SaleKey) throws -> Int64 {
        for _ in 0..<2 {
            let number = try self(SaleRows.shelf).first({ SaleRows.shelf(key, &$0) }) { $0.integer(0) }
            if let number { return number }
            try self(SaleRows.insertShelf).run { SaleRows.shelf(key, &$0) }
        }
        throw RecordFault("a shelf of sales was not made")
    }

    private func subject(_ sale: EncodedSale, on shelf: Int64, renames: Bool) throws -> Int64 {
        let stored = try self(SaleRows.subject).first({
            $0.integer(shelf)
            $0.blob(sale.mark)
        }) { ($0.integer(0), $0.blob(1)) }
        if let (number, sealed) = stored {
            guard renames, sale.key.topic == .item, try SaleLabel(opened: sealer.opened(sealed)) != sale.label else {
                return number
            }
            try self(SaleRows.rename).run {
                $0.blob(sale.sealed)
                $0.integer(number)
            }
            return number
        }
        let number = try self(SaleRows.insertSubject).first({
            $0.integer(shelf)
            $0.blob(sale.mark)
            $0.blob(sale.sealed)
        }) { $0.integer(0) }
        guard let number else { throw RecordFault("a subject of sales was not made") }
        return number
    }
}

extension SQLiteStore {
    package func fold(
        _ batch: SnapshotBatch, into fold: Int64, after unit: Int64
    ) async throws(StoreFailure) -> Bool {
        var sales: [EncodedSale] = []
        for (key, name, figures) in batch.salesByDay where !figures.isZero {
            sales.append(try EncodedSale(key, name, figures, sealer))
        }
        let encoded = sales
        // A damaged row fails the fold, and nobody who shares the group.
        let result = try await write { connection -> Result<Bool, StoreFailure> in
            do {
                return try connection.unit { try connection.write(batch, encoded, into: fold, after: unit) }
                    .mapError { StoreFailure($0) }
            } catch let fault as RecordFault {
                return .failure(StoreFailure(fault))
            }
        }
        return try result.get()
    }
}
