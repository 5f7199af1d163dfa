import CurlTransport
import Foundation
import Glibc
import Router

@testable import Host

/// A `payrouter serve --sandbox` in a process of its own, which is killed and started again on the same data.
final class KilledRouter: Sendable {
    private let folder: String
    private let port: Int
    private let sandboxPort: Int
    private let process: Process
    private let transport: CurlTransport

    private init(_ folder: String, _ port: Int, _ sandboxPort: Int) throws {
        (self.folder, self.port, self.sandboxPort) = (folder, port, sandboxPort)
        transport = try CurlTransport()
        let bin = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        process = Process()
        process.executableURL = bin.appendingPathComponent("payrouter")
        process.arguments = [
            "serve", "--sandbox", "--config", root + "/providers.json", "--port", "\(port)", "--sandbox-port",
            "\(sandboxPort)", "--data", folder, "--drain-seconds", "1",
        ]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
    }

    /// Starts one on new data.
    static func start() async throws -> KilledRouter {
        let folder = NSTemporaryDirectory() + "payrouter-killed-" + UUID().uuidString
        let router = try KilledRouter(folder, try FreePort.pick(), try FreePort.pick())
        try await router.waitUntilReady()
        return router
    }

    /// Starts it again on the same data, after it was killed.
    func again() async throws -> KilledRouter {
        let router = try KilledRouter(folder, port, sandboxPort)
        try await router.waitUntilReady()
        return router
    }

    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    struct NotReady: Error {}

    private func waitUntilReady() async throws {
        let clock = HostClock()
        let end = clock.now.adding(seconds: 30)
        while await call(.get, "/health/ready") == nil {
            guard clock.now < end, process.isRunning else { throw NotReady() }
            await clock.sleep(until: clock.now.adding(milliseconds: 20))
        }
    }

    /// Calls the API as the demo app; `nil` if nobody has answered.
    func call(_ method: WireRequest.Method, _ path: String, _ body: JSONValue? = nil) async -> JSONValue? {
        let request = WireRequest(
            method, "http://127.0.0.1:\(port)\(path)",
            headers: [
                .init("Authorization", "Bearer \(KeyRing.demoKey)"), .init("Content-Type", "application/json"),
                .init("Idempotency-Key", UUID().uuidString),
            ], body: body?.serialized() ?? [])
        return await answer(request)
    }

    /// How often the sandbox operators have executed each of their entries.
    func executions() async -> [Int] {
        let books = await answer(WireRequest(.get, "http://127.0.0.1:\(sandboxPort)/_books"))
        let names = (books?["movements"]?.arrayValue ?? []).map { movement in
            "\(movement["reference"]?.stringValue ?? "") \(movement["kind"]?.stringValue ?? "")"
        }
        return Array(names.reduce(into: [:]) { $0[$1, default: 0] += 1 }.values)
    }

    private func answer(_ request: WireRequest) async -> JSONValue? {
        let terms = AskTerms(
            limits: WireLimits(maximumReplyBytes: 16 << 20), scope: ConnectionScope(owner: "killed-\(port)"))
        guard case .success(let reply) = await transport.ask(request, terms: terms), reply.status < 300 else {
            return nil
        }
        return try? StrictJSON.parse(reply.body, maximumDepth: 64)
    }

    /// Asks again and again until something holds, for so many seconds.
    func patiently(seconds: Int64 = 60, _ path: String, _ isEnough: (JSONValue) -> Bool) async -> JSONValue? {
        let clock = HostClock()
        let end = clock.now.adding(seconds: seconds)
        var last: JSONValue?
        while clock.now < end {
            last = await call(.get, path) ?? last
            if let last, isEnough(last) { return last }
            await clock.sleep(until: clock.now.adding(milliseconds: 5))
        }
        return last
    }
}
