import Router
import RouterTestKit
import Synchronization

@testable import Host

/// The keyed calls without a server: an engine without providers over a store that fails when it is told to.
final class CallBench: Sendable {
    static let app = AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV201")
    static let caller = Caller(app: app, environment: .sandbox, role: .secret)

    private final class Fault: Sendable { let isBroken = Mutex(false) }

    private struct Deaf: EngineObserver { func record(_ event: EngineEvent) {} }

    private struct NoWire: Transport {
        func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
            TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.connect, "there is no wire")))
        }
        func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
            .failure(TransportFailure(.connect, "there is no wire"))
        }
    }

    let store: MemoryStore
    let engine: Engine
    private let fault: Fault
    private let routes: RouteTable
    private let time = TestTime()

    init() async throws {
        let fault = Fault()
        self.fault = fault
        store = MemoryStore { _ in
            fault.isBroken.withLock { $0 } ? .fail(StoreFailure(.inputOutput, "broken by the test")) : .proceed
        }
        let dataKeys = DataKeys.fresh(MasterKey.random().key)
        engine = try await Engine.start(
            Engine.Parts(
                store: store, transport: NoWire(), time: time, random: CountingRandom(), spawner: TaskSpawner(),
                observer: Deaf(), providers: [], routing: RoutingTable(rules: [], otherwise: nil),
                settings: EngineSettings(publicURL: "https://pay.example"), dataKeys: dataKeys))
        var routes = RouteTable()
        PaymentsAPI(engine: engine, keys: KeyRing(dataKeys, store: store, time: time)).register(in: &routes)
        PayoutsAPI(engine: engine).register(in: &routes)
        TransfersAPI(engine: engine, fees: TransferFees([:])).register(in: &routes)
        self.routes = routes
    }

    /// Makes every operation of the store fail from now on.
    func breakStore() { fault.isBroken.withLock { $0 = true } }

    /// Stores a payment that nothing was sent for, and has a key bound to it.
    @discardableResult
    func payment(key: IdempotencyRecord.Key? = nil, fingerprint: [UInt8] = []) async throws -> OrderID {
        let (now, amount) = (time.now, Money(5_000, .xof))
        let id = OrderID(.payment, at: now, from: SystemRandom())
        let request = RequestID(at: now, from: SystemRandom())
        let order = Order(
            id: id, app: Self.app, environment: .sandbox, request: OrderRequest(amount: amount),
            idempotencyKey: id.text, requestID: request, createdAt: now, plan: [], explanation: .null)
        var unit = UnitOfWork(order: order, write: .insert)
        unit.idempotencyRecord = key.map {
            IdempotencyRecord(
                key: $0, fingerprint: fingerprint, order: id, requestID: request, status: 201, createdAt: now)
        }
        guard case .committed = await store.commit([unit], epoch: 1) else { throw NotStored() }
        return id
    }

    struct NotStored: Error {}

    struct Reply {
        var status: Int
        var code: String
        var json: JSONValue
        var isReplayed: Bool
    }

    /// Calls as the app.
    func call(_ path: String, _ body: String, key: String?) async -> Reply {
        var request = APIRequest(
            method: "POST", path: path,
            headers: [("content-type", "application/json")] + (key.map { [("idempotency-key", $0)] } ?? []),
            body: Array(body.utf8), id: RequestID(at: time.now, from: SystemRandom()))
        guard case .found(let entry, let parameters) = routes.match(method: "POST", path: path) else {
            return Reply(status: 0, code: "no route", json: .null, isReplayed: false)
        }
        request.template = entry.template
        request.parameters = parameters
        let response: APIResponse
        do throws(Problem) {
            response = try await entry.handler(request, Self.caller)
        } catch {
            response = error.response(request: request.id, publicURL: "https://pay.example")
        }
        let json = (try? StrictJSON.parse(response.body)) ?? .null
        return Reply(
            status: response.status, code: json["code"]?.stringValue ?? "none", json: json,
            isReplayed: response.headers.contains { $0.name == "idempotent-replayed" })
    }

    /// What a call's key is compared by.
    func fingerprint(_ path: String, _ body: String) throws -> [UInt8] {
        var request = APIRequest(
            method: "POST", path: path, headers: [], body: [], id: RequestID(at: time.now, from: SystemRandom()))
        guard case .found(let entry, let parameters) = routes.match(method: "POST", path: path) else { return [] }
        request.template = entry.template
        request.parameters = parameters
        return JSONBody.fingerprint(request, try StrictJSON.parse(Array(body.utf8)))
    }
}
