package import Router

extension WriterConnection {
    private struct Numbered {
        let number: Int64
        let type: String
    }

    /// Gives enabled endpoints the events they have not been given yet: each has a cursor over the events' numbers.
    ///
    /// Numbers are given and become visible in the same order, because one connection writes them all.
    func fanOut(at now: Moment, limit: Int) throws -> Int {
        let endpoints = try self(Endpoints.enabled).all { (try Endpoints.endpoint($0, sealer), $0.integer(7)) }
        guard !endpoints.isEmpty else { return 0 }
        let newest = try self(Events.newestNumber).first { $0.integer(0) } ?? 0
        var made = 0
        for (endpoint, cursor) in endpoints where cursor < newest && made < limit {
            made += try give(endpoint, after: cursor, at: now, limit: limit - made)
        }
        return made
    }

    private func give(_ endpoint: WebhookEndpoint, after start: Int64, at now: Moment, limit: Int) throws -> Int {
        var (cursor, made) = (start, 0)
        let wanted = Set(endpoint.types)
        let noTries = WebhookCoding.tries([] as [Delivery.Try])
        while made < limit {
            let events = try self(Events.afterNumber).all({
                $0.text(endpoint.app.text)
                $0.text(endpoint.environment.rawValue)
                $0.integer(cursor)
                $0.integer(Int64(limit - made))
            }) { Numbered(number: $0.integer(0), type: $0.text(1)) }
            guard let last = events.last else { break }
            for event in events where wanted.isEmpty || wanted.contains(event.type) {
                made += Int(
                    try self(Deliveries.insert).run {
                        $0.text(endpoint.id.text)
                        $0.integer(event.number)
                        $0.integer(now.milliseconds)
                        $0.blob(noTries)
                    })
            }
            cursor = last.number
        }
        if cursor > start {
            try self(Endpoints.advance).run {
                $0.integer(cursor)
                $0.text(endpoint.id.text)
            }
        }
        return made
    }
}

extension SQLiteStore {
    package func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await write { try $0.fanOut(at: now, limit: limit) }
    }
}
