import CurlTransport
import Foundation
import Glibc
import Router
import Synchronization

@testable import Host

/// A listening server with a few routes of its own, for speaking to it over raw sockets.
final class ServedRoutes: Sendable {
    let port: Int
    let events = Events()
    let door: Door
    private let running: Task<Void, Never>

    final class Events: DoorObserver, RequestObserver {
        private let state = Mutex<(door: [DoorEvent], statuses: [Int])>(([], []))
        var door: [DoorEvent] { state.withLock { $0.door } }
        /// The statuses of what was answered.
        var statuses: [Int] { state.withLock { $0.statuses } }

        func record(_ event: DoorEvent) { state.withLock { $0.door.append(event) } }
        func answered(_ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration) {
            state.withLock { $0.statuses.append(status) }
        }
    }

    /// Starts a server that knows the demo key.
    ///
    /// - Parameter limits: How many may connect.
    /// - Throws: If it does not listen.
    init(limits: DoorBook.Limits = .init(total: 100, perAddress: 100)) async throws {
        let keys = KeyRing(.fresh(MasterKey.random().key), store: OneApp(), time: HostClock())
        keys.allowDemo(app: OneApp.app.id, named: "shop")
        let dispatcher = Dispatcher(routes: Self.routes, keys: keys, publicURL: "", observer: events)
        door = Door(limits: limits, proxies: [], observer: events)
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = HTTPServer(
            .tcp(host: "127.0.0.1", port: 0), dispatcher: dispatcher, time: HostClock(), random: SystemRandom(),
            door: door, onListening: { listening.yield($0) })
        running = Task {
            try? await server.run()
            listening.finish()
        }
        var found: Int?
        for await port in ports {
            found = port
            break
        }
        guard let found else { throw StartFailure("the server did not listen") }
        port = found
    }

    func stop() async {
        running.cancel()
        await running.value
    }

    private static let routes: RouteTable = {
        var routes = RouteTable()
        routes.open("GET", "/live") { _ in .bytes(Array("live".utf8), type: "text/plain") }
        routes.open("GET", "/metrics") { _ in .bytes(Array("metrics".utf8), type: "text/plain") }
        routes.open("POST", "/open") { request in
            .bytes(Array("\(request.body.count) bytes".utf8), type: "text/plain")
        }
        routes.open("POST", "/json") { request throws(Problem) in .json(try JSONBody.object(request)) }
        routes.secret("POST", "/v1/payments") { request, _ in
            .bytes(Array("\(request.body.count) bytes".utf8), type: "text/plain")
        }
        routes.open("GET", "/stream") { _ in
            var response = APIResponse(status: 200, headers: [("content-type", "text/event-stream")])
            response.stream = {
                AsyncThrowingStream { continuation in
                    continuation.yield("data: one\n\n")
                    continuation.finish()
                }
            }
            return response
        }
        return routes
    }()
}

/// A store that knows one app and no keys.
private struct OneApp: AppStore {
    static let app = App(
        id: AppID(at: Moment(milliseconds: 0), from: SystemRandom()), name: "shop", isEnabled: true,
        createdAt: Moment(milliseconds: 0))

    func insert(_ app: App) async throws(StoreFailure) {}
    func update(_ app: App) async throws(StoreFailure) {}
    func app(_ id: AppID) async throws(StoreFailure) -> App? { Self.app }
    func apps() async throws(StoreFailure) -> [App] { [Self.app] }
    func insert(_ key: AppKey) async throws(StoreFailure) {}
    func update(_ key: AppKey) async throws(StoreFailure) {}
    func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] { [] }
    func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? { nil }
}
