import Router
import WebText

/// Reading, comparing and rebuilding snapshots; on the control socket only.
struct SnapshotsAdmin: Sendable {
    private let store: any SnapshotStore & AppStore
    private let snapshots: Snapshots
    private let time: any TimeSource
    /// What is being done.
    let run: SnapshotRun

    init(
        store: any SnapshotStore & AppStore, time: any TimeSource, observer: any EngineObserver,
        run: SnapshotRun? = nil
    ) {
        self.store = store
        self.time = time
        snapshots = Snapshots(store: store, time: time, observer: observer)
        self.run = run ?? SnapshotRun(store, observer)
    }

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/snapshots") { request throws(Problem) in try await list(request) }
        // Both take longer than a call: they are begun, and asked about.
        for work in SnapshotRun.Work.allCases {
            routes.open("POST", "/snapshots/\(work.rawValue)") { _ throws(Problem) in
                guard run.begin(work) else {
                    throw Problem(.unavailable, "snapshots are being compared or rebuilt; wait until that has ended")
                }
                return .json(run.json(work), status: 202)
            }
            routes.open("GET", "/snapshots/\(work.rawValue)") { _ throws(Problem) in .json(run.json(work)) }
        }
    }

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(
            request.query, allowed: ["app", "environment", "from", "to", "limit", "after"])
        let today = SnapshotDay(time.now)
        let day = "a day such as \(today), in UTC"
        let to = try parameters.value("to", day) { SnapshotDay(text: $0) } ?? today
        let from = try parameters.value("from", day) { SnapshotDay(text: $0) } ?? to.advanced(by: -29)
        guard from <= to else {
            throw Problem(
                .invalidParameter,
                "from, \(from), is after to, \(to)\(parameters["to"] == nil ? " (today)" : ""): "
                    + "give the earlier day as from")
        }
        var query = SnapshotQuery(from: from, to: to)
        query.environment = try parameters.choice("environment", PayEnvironment.self)
        if let name = parameters["app"] { query.apps = [try await AppNames(store: store).app(name).id] }
        query.after = try parameters.value("after", Cursor.expected) { SnapshotKey(cursor: $0) }
        let limit = try parameters.limit()
        query.limit = limit + 1
        let (rows, standing): ([Snapshot], Snapshots.Standing)
        do throws(StoreFailure) {
            (rows, standing) = (try await store.snapshots(query), try await snapshots.standing())
        } catch {
            throw Problem(.unavailable, "snapshots cannot be listed now: \(error)")
        }
        let page = rows.prefix(limit)
        let cursor = rows.count > limit ? page.last?.key.cursor : nil
        return .json([
            "object": "list", "data": .array(page.map(\.json)), "has_more": .bool(rows.count > limit),
            "next_cursor": JSONValue(cursor), "folded_to": .string(standing.foldedTo.description),
            "lag": JSONValue(standing.lag), "unreadable": JSONValue(standing.unreadable),
        ])
    }
}

extension SnapshotKey {
    /// As opaque as other lists' positions.
    fileprivate var cursor: String {
        Cursor.text(
            [app.text, environment.rawValue, day.description, currency.code, kind.rawValue, channel]
                .joined(separator: " "))
    }

    fileprivate init?(cursor: String) {
        guard let bytes = Hex.bytes(cursor) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self)
            .split(separator: " ", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, let app = AppID(parts[0]), let environment = PayEnvironment(rawValue: parts[1]),
            let day = SnapshotDay(text: parts[2]), let currency = Currency(code: parts[3]),
            let kind = SnapshotKind(rawValue: parts[4])
        else { return nil }
        self.init(
            app: app, environment: environment, day: day, currency: currency, channel: parts[5], kind: kind)
    }
}

extension Snapshot {
    fileprivate var json: JSONValue {
        var object = JSONObject([
            .init("object", "snapshot"), .init("app", .string(key.app.text)),
            .init("environment", .string(key.environment.rawValue)), .init("day", .string(key.day.description)),
            .init("currency", .string(key.currency.code)), .init("channel", .string(key.channel)),
            .init("kind", .string(key.kind.rawValue)),
        ])
        for figure in SnapshotFigures.Figure.allCases {
            object[figure.rawValue] = .number("\(figures[figure])")
        }
        return .object(object)
    }
}
