import Router

/// A list taken apart: into kinds, apps and environments, each of which lies in one stretch of an index, newest at its end.
struct ListParts {
    let queries: [OrderQuery]

    /// For a page, which is put together from all parts.
    init(_ query: OrderQuery, _ connection: ReadConnection) throws {
        if query.isOneStretch {
            queries = [query]
            return
        }
        let kinds = query.kind.map { [$0] } ?? OrderKind.allCases
        let places = try Self.places(query, connection)
        let reasons = query.isOfAnyReason ? Review.Reason.allCases.map { .reason($0) } : [query.review]
        let parts = places.flatMap { place in
            kinds.flatMap { kind in reasons.map { (kind, $0) } }.map { kind, reason in
                var part = query
                (part.kind, part.review) = (kind, reason)
                guard let place else { return part }
                part.app = place.app
                part.environment = place.environment
                return part
            }
        }
        // Most apps have orders of one kind, in one environment.
        queries =
            parts.count <= OrderKind.allCases.count ? parts : try parts.filter { try Self.hasOrders($0, connection) }
    }

    /// For sums, which no order of lists matters to.
    init(sumsOf query: OrderQuery, _ connection: ReadConnection) throws {
        guard query.apps?.count != 1, query.apps != nil || !query.metadata.isEmpty else {
            queries = [query]
            return
        }
        let apps = try query.apps ?? Self.apps(that: query.metadata, connection)
        queries = apps.sorted { $0.text < $1.text }.map { app in
            var part = query
            part.app = app
            return part
        }
    }

    private struct Place {
        let app: AppID
        let environment: PayEnvironment?

        /// Whether a statement finds something of a value here.
        func has(_ value: String?, _ statement: Statement, _ connection: ReadConnection) throws -> Bool {
            try connection(statement).first({
                $0.text(app.text)
                $0.text(environment?.rawValue)
                $0.text(value)
            }) { _ in true } ?? false
        }
    }

    /// The places where a list's orders lie; one that is `nil` if they lie in one stretch, whose ever they are.
    private static func places(_ query: OrderQuery, _ connection: ReadConnection) throws -> [Place?] {
        let environments = query.environment.map { [$0] } ?? PayEnvironment.allCases
        func each(_ apps: Set<AppID>) -> [Place] {
            apps.sorted { $0.text < $1.text }.flatMap { app in
                environments.map { Place(app: app, environment: $0) }
            }
        }
        switch ListDriver(query.inOnePlace) {
        case .narrow, .review, .phone: return query.apps?.isEmpty == true ? [] : [nil]
        case .metadata:
            let apps = try query.apps ?? self.apps(that: query.metadata, connection)
            return apps.sorted { $0.text < $1.text }.map { Place(app: $0, environment: query.environment) }
        case .app, .all: return query.apps.map(each) ?? [nil]
        case .reference:
            guard let apps = query.apps else { return try found(withReference, query.reference, query, connection) }
            return try each(apps).filter { try $0.has(query.reference, hasReference, connection) }
        case .status:
            let status = query.status?.rawValue
            guard let apps = query.apps else { return try found(inStatus, status, query, connection) }
            return try each(apps).filter { try $0.has(status, hasStatus, connection) }
        }
    }

    /// Whether there is anything in a part that is an app's, so that it is worth a list of its own.
    private static func hasOrders(_ part: OrderQuery, _ connection: ReadConnection) throws -> Bool {
        guard ListDriver(part) == .app, let app = part.app, let environment = part.environment, let kind = part.kind
        else { return true }
        return try connection(hasKind).first({
            $0.text(app.text)
            $0.text(environment.rawValue)
            $0.text(kind.prefix + "_")
            $0.text(kind.prefix + "`")
        }) { _ in true } ?? false
    }

    private static func found(
        _ statement: Statement, _ value: String?, _ query: OrderQuery, _ connection: ReadConnection
    ) throws -> [Place] {
        try connection(statement).all({ $0.text(value) }) { Place(app: try $0.id(0), environment: try $0.word(1)) }
            .filter { query.environment == nil || $0.environment == query.environment }
    }

    /// The apps that have chosen the name of the first value.
    private static func apps(that terms: [MetadataTerm], _ connection: ReadConnection) throws -> Set<AppID> {
        Set(try connection(appsWithName).all({ $0.text(terms.first?.name) }) { try $0.id(0) })
    }

    static let appsWithName = Statement(
        "SELECT DISTINCT app FROM metadata_indexes WHERE name = $1 AND leaving = 0")

    static let hasKind = Statement(
        """
        SELECT 1 FROM orders INDEXED BY orders_app WHERE app = $1 AND environment = $2 AND id > $3 AND id < $4 LIMIT 1
        """)

    static let hasReference = Statement(
        """
        SELECT 1 FROM orders INDEXED BY orders_reference WHERE app = $1 AND environment = $2 AND reference = $3 LIMIT 1
        """)

    static let hasStatus = Statement(
        """
        SELECT 1 FROM orders o INDEXED BY orders_status
        WHERE \(Orders.isRare) AND o.app = $1 AND o.environment = $2 AND o.status = $3 LIMIT 1
        """)

    static let withReference = Statement(
        """
        SELECT a.app, e.environment FROM \(ListQuery.apps) a CROSS JOIN \(ListQuery.environments) e
        WHERE EXISTS (SELECT 1 FROM orders o INDEXED BY orders_reference
            WHERE o.app = a.app AND o.environment = e.environment AND o.reference = $1)
        """)

    static let inStatus = Statement(
        """
        SELECT a.app, e.environment FROM \(ListQuery.apps) a CROSS JOIN \(ListQuery.environments) e
        WHERE EXISTS (SELECT 1 FROM orders o INDEXED BY orders_status
            WHERE \(Orders.isRare) AND o.status = $1 AND o.app = a.app AND o.environment = e.environment)
        """)
}

extension OrderQuery {
    /// The same query of any one app in any one environment, to see what leads to its orders.
    fileprivate var inOnePlace: OrderQuery {
        var query = self
        if query.environment == nil { query.environment = .sandbox }
        if apps == nil, reference == nil, status.map(Orders.isRare) != true { return query }
        query.app = AppID.none
        return query
    }
}
