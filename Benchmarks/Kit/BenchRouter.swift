package import Host
import Logging
package import Router
import RouterTestKit
import SQLiteStore

/// A whole router in this process without sockets: dispatcher, engine, the default store in a folder, and operators that answer
/// at once.
///
/// Everything in it repeats itself: the clock stands still between calls, and randomness has a seed. Only what the store seals
/// is different each time, and no longer or shorter for it.
package struct BenchRouter: Sendable {
    package let operators = ScriptedOperators()
    package let settled: SettledOrders
    private let dispatcher: Dispatcher
    private let store: SQLiteStore
    private let clock: ManualClock
    private let random = SeededRandom(1)

    /// The moment at which it starts.
    private static let start = Moment(milliseconds: 1_795_000_000_000)
    private static let app = "app_01M7Y8G2S83KY03KAYDH4HV201"
    private static let publicURL = "https://pay.example"

    /// Starts one with one provider, in a folder that is made if it is missing.
    package init(_ kind: BenchProviders.Kind, folder path: String) async throws {
        guard let master = MasterKey(bytes: (1...32).map { UInt8($0 &* 7) }), let app = AppID(Self.app) else {
            throw StartFailure("the bench's own names cannot be read")
        }
        let clock = ManualClock(Self.start)
        self.clock = clock
        let configuration = try BenchProviders.configuration(kind)
        var options = SQLiteStore.Options()
        // All at the end, where each page counts once: in between they would come to one more or one less by chance.
        options.checkpointPages = .max
        store = try await SQLiteStore.open(
            path: DataFolder(path: path).store, master: master, options: options)
        let telemetry = Telemetry(
            logger: Logger(label: "bench") { label in
                JSONLogHandler(label: label, level: .notice, time: clock, sink: { _ in })
            }, time: clock)
        settled = SettledOrders(telemetry)
        let keys = KeyRing(store.dataKeys, store: store, time: clock)
        var parts = Engine.Parts(
            store: store, transport: operators, time: clock, random: random, spawner: TaskSpawner(),
            observer: settled, providers: configuration.providers, routing: configuration.routing,
            payoutRouting: configuration.payoutRouting,
            settings: EngineSettings(publicURL: Self.publicURL), dataKeys: store.dataKeys)
        // As in a whole router: which wallet an app is linked to is remembered for a second.
        parts.links = keys
        let engine = try await Engine.start(parts)
        try await store.insert(App(id: app, name: "bench", isEnabled: true, createdAt: clock.now))
        keys.allowDemo(app: app, named: "bench")
        var settings = LimitSettings()
        settings.app = .init(perSecond: 1_000_000_000, concurrent: 1_000_000)
        let limits = RequestLimits(settings, time: clock, random: random, observer: telemetry)
        var routes = RouteTable()
        PaymentsAPI(engine: engine, keys: keys).register(in: &routes)
        PayoutsAPI(engine: engine).register(in: &routes)
        WalletsAPI(engine: engine).register(in: &routes)
        CallbacksAPI(engine: engine, limits: limits).register(in: &routes)
        dispatcher = Dispatcher(
            routes: routes, keys: keys, publicURL: Self.publicURL, observer: telemetry, limits: limits)
    }

    /// Answers one call of the demo key, a millisecond after the one before.
    package func call(
        _ method: String, _ path: String, query: String = "", headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) async -> APIResponse {
        clock.advance(to: clock.now.adding(milliseconds: 1))
        let all = [
            (name: "host", value: "pay.example"), (name: "authorization", value: "Bearer \(KeyRing.demoKey)"),
            (name: "content-type", value: "application/json"), (name: "content-length", value: String(body.count)),
        ]
        return await dispatcher.respond(
            to: APIRequest(
                method: method, path: path, query: query, headers: all + headers, body: body, peer: "127.0.0.1",
                id: RequestID(at: clock.now, from: random)))
    }

    /// Makes a payment; with `wallet` out of that.
    ///
    /// - Returns: Its id.
    /// - Throws: ``UnexpectedAnswer`` for whatever is no payment that went to its operator or, by wallet, succeeded.
    package func pay(_ kind: BenchProviders.Kind, number: Int, wallet: String = "") async throws -> String {
        try await make(
            "/v1/payments", kind.body(wallet: wallet), number: number,
            state: kind == .wallet ? "succeeded" : "pending")
    }

    /// Opens a wallet and has the app pay a lot into it.
    ///
    /// - Returns: Its id.
    package func filledWallet() async throws -> String {
        let opened = await call(
            "POST", "/v1/wallets", headers: [("idempotency-key", "bench-wallet-opened")],
            body: Array(#"{"owner": "app", "currency": "XOF"}"#.utf8))
        guard let id = (try? StrictJSON.parse(opened.body))?["id"]?.stringValue else { throw UnexpectedAnswer(opened) }
        let payout = #"{"amount": 1000000000000, "currency": "XOF", "party": {"wallet": "\#(id)"}}"#
        _ = try await make("/v1/payouts", payout, number: 900_000_000, state: "succeeded")
        return id
    }

    /// Makes an order whose one attempt is in a state thereafter.
    private func make(_ path: String, _ body: String, number: Int, state: JSONValue) async throws -> String {
        let key = "bench-\(String(number + 1_000_000_000))"
        let answer = await call("POST", path, headers: [("idempotency-key", key)], body: Array(body.utf8))
        let json = try? StrictJSON.parse(answer.body)
        guard answer.status == 201, let id = json?["id"]?.stringValue,
            let attempt = json?["attempts"]?.arrayValue?.first, attempt["state"] == state
        else { throw UnexpectedAnswer(answer) }
        return id
    }

    /// Tells of the end of a card payment, as its operator does.
    package func notify(_ intent: ScriptedOperators.Intent) async throws {
        let told = CardNotification(intent, at: clock.now)
        let answer = await call(
            "POST", "/callbacks/bench", headers: [("stripe-signature", told.signature)], body: told.body)
        guard answer.status == 200 else { throw UnexpectedAnswer(answer) }
    }

    /// An order as it was last committed.
    package func stored(_ id: String) async throws -> OrderAggregate? {
        guard let id = OrderID(id) else { return nil }
        return try await store.orderAggregate(id)
    }

    /// Closes the store.
    package func close() async { await store.close() }
}

/// A call was answered in another way than what is measured needs.
package struct UnexpectedAnswer: Error, CustomStringConvertible {
    package var description: String

    package init(_ answer: APIResponse) {
        description = "answered \(answer.status): \(String(decoding: answer.body.prefix(2_000), as: UTF8.self))"
    }
}
