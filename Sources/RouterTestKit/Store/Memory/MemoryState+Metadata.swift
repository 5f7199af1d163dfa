import Router

extension MemoryState {
    func metadataIndex(of app: AppID) -> MetadataIndex {
        let stored = (metadataIndexes[app] ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return MetadataIndex(
            names: stored.filter { !$0.value.isLeaving }.map { name, index in
                MetadataIndex.Name(name, completeFrom: index.open.mapValues(\.completeFrom))
            }, leaving: stored.filter(\.value.isLeaving).map(\.key))
    }

    mutating func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) {
        let place = StoredIndex.Place(completeFrom: start)
        let open = Dictionary(uniqueKeysWithValues: MetadataIndex.kinds.map { ($0, place) })
        var indexes = metadataIndexes[app] ?? [:]
        for (name, index) in indexes where !index.isLeaving && !names.contains(name) {
            indexes[name] = StoredIndex(open: open, isLeaving: true)
        }
        for name in names where indexes[name]?.isLeaving ?? true { indexes[name] = StoredIndex(open: open) }
        metadataIndexes[app] = indexes
    }

    mutating func indexMetadata(_ order: Order) {
        let names = (metadataIndexes[order.app] ?? [:]).filter { !$0.value.isLeaving }.map(\.key)
        for term in MetadataTerm.all(of: order, under: names) {
            metadata[MetadataKey(app: order.app, term: term), default: []].insert(order.id)
        }
    }

    /// One name and kind at a time; the real stores may take several names together.
    mutating func indexOlderMetadata(limit: Int) -> Bool {
        let open = metadataIndexes.flatMap { app, names in
            names.flatMap { name, index in index.open.map { (app: app, name: name, kind: $0.key, place: $0.value) } }
        }
        let next = open.max { left, right in
            (left.place.completeFrom, right.app.text, right.name) < (right.place.completeFrom, left.app.text, left.name)
        }
        guard let next, let isLeaving = metadataIndexes[next.app]?[next.name]?.isLeaving else { return false }
        let older = aggregates.values.map(\.order).filter { order in
            order.app == next.app && order.kind == next.kind
                && (next.place.cursor.map { order.id.text < $0.text } ?? true)
        }
        let window = older.sorted { $0.id.text > $1.id.text }.prefix(max(1, limit))
        for order in window {
            for term in MetadataTerm.all(of: order, under: [next.name]) {
                let key = MetadataKey(app: next.app, term: term)
                if isLeaving {
                    metadata[key]?.remove(order.id)
                } else {
                    metadata[key, default: []].insert(order.id)
                }
            }
        }
        let isLast = window.count == older.count
        let place = window.last.map {
            StoredIndex.Place(completeFrom: $0.createdAt.adding(milliseconds: 1), cursor: $0.id)
        }
        metadataIndexes[next.app]?[next.name]?.open[next.kind] = isLast ? nil : place
        if isLeaving, metadataIndexes[next.app]?[next.name]?.open.isEmpty == true {
            metadataIndexes[next.app]?[next.name] = nil
        }
        return true
    }

    func has(_ order: Order, _ terms: [MetadataTerm]) -> Bool {
        terms.allSatisfy { metadata[MetadataKey(app: order.app, term: $0)]?.contains(order.id) == true }
    }

    func sums(_ query: OrderQuery) -> [OrderSum] {
        var everything = query
        (everything.limit, everything.after, everything.before, everything.mostRows) = (.max, nil, nil, nil)
        let groups = Dictionary(grouping: list(everything)) {
            $0.amount.currency.code + " " + $0.status.rawValue
        }
        return groups.sorted { $0.key < $1.key }.compactMap { _, orders in
            guard let first = orders.first else { return nil }
            let sum = orders.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
            return OrderSum(
                currency: first.amount.currency.code, status: first.status, count: Int64(orders.count),
                minorUnits: Int64(exactly: sum))
        }
    }
}
