package import Router

/// Gives endpoints the events they have not been given yet: each has a cursor over the events' numbers.
///
/// Numbers are given and become visible in the same order, because one connection writes them all. One look at the units
/// serves all endpoints.
struct FanOut {
    private struct Target {
        let endpoint: WebhookEndpoint
        let types: Set<String>
        var cursor: Int64
        let start: Int64
    }

    /// Units looked at in one query.
    private static let window: Int64 = 500

    private static let unitsAfter = Statement(
        """
        SELECT n, app, environment, types FROM units WHERE n > $1 ORDER BY n LIMIT \(window)
        """)

    private let connection: WriterConnection
    private var targets: [Target]
    private var made = 0

    init(_ connection: WriterConnection) throws {
        self.connection = connection
        let sealer = connection.sealer
        targets = try connection(Endpoints.enabled).all { row in
            let endpoint = try Endpoints.endpoint(row, sealer)
            return Target(
                endpoint: endpoint, types: Set(endpoint.types), cursor: row.integer(7), start: row.integer(7))
        }
    }

    /// Makes deliveries until `limit` are made or nothing is left.
    ///
    /// - Returns: How many it made.
    mutating func run(at now: Moment, limit: Int) throws -> Int {
        while made < limit, let place = targets.map(\.cursor).min() {
            let units = try connection(Self.unitsAfter).all({ $0.integer((place + 1) / Events.room - 1) }) { row in
                (number: row.integer(0), app: row.text(1), environment: row.text(2), types: row.text(3))
            }
            guard let last = units.last, Events.number(last.number, Int(Events.room - 1)) > place else { break }
            for unit in units where made < limit {
                try give(
                    unit.number, unit.types.split(separator: " "), unit.app, unit.environment, at: now, limit: limit)
            }
        }
        for target in targets where target.cursor > target.start {
            try connection(Endpoints.advance).run {
                $0.integer(target.cursor)
                $0.text(target.endpoint.id.text)
            }
        }
        return made
    }

    private mutating func give(
        _ unit: Int64, _ types: [Substring], _ app: String, _ environment: String, at now: Moment, limit: Int
    ) throws {
        let noTries = WebhookCoding.tries([] as [Delivery.Try])
        for index in targets.indices {
            let target = targets[index]
            let isMeant = target.endpoint.app.text == app && target.endpoint.environment.rawValue == environment
            for (place, type) in types.enumerated() where isMeant {
                let number = Events.number(unit, place)
                guard number > target.cursor, target.types.isEmpty || target.types.contains(String(type)) else {
                    continue
                }
                guard made < limit else { return }
                made += Int(
                    try connection(Deliveries.insert).run {
                        $0.text(target.endpoint.id.text)
                        $0.integer(number)
                        $0.integer(now.milliseconds)
                        $0.blob(noTries)
                    })
                targets[index].cursor = number
            }
            targets[index].cursor = max(target.cursor, Events.number(unit, Int(Events.room - 1)))
        }
    }
}

extension SQLiteStore {
    package func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await write { connection in
            var fanOut = try FanOut(connection)
            return try fanOut.run(at: now, limit: limit)
        }
    }
}
