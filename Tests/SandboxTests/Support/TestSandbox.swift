import Foundation
import Logging
import Sandbox

/// A running sandbox on a free port, with a clock in the test's hand.
struct TestSandbox: Sendable {
    let server: SandboxServer
    let clock: ManualClock
    let bin: CallbackBin
    let port: Int

    /// Runs a sandbox for the length of a test.
    static func run(
        folder: String? = nil, clock: ManualClock = ManualClock(), publicURL: String? = nil,
        _ body: (TestSandbox) async throws -> Void
    ) async throws {
        let bin = CallbackBin(clock: clock)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try SandboxServer(
            SandboxConfiguration(
                port: 0, dataFolder: folder, publicURL: publicURL, clock: clock, logger: logger,
                sendCallback: { bin.receive($0) }))
        let running = Task { try await server.run() }
        let port = try await server.waitUntilReady()
        do {
            try await body(TestSandbox(server: server, clock: clock, bin: bin, port: port))
        } catch {
            running.cancel()
            _ = await running.result
            throw error
        }
        running.cancel()
        _ = await running.result
    }

    /// What the books hold for a reference.
    func movements(_ reference: String) -> [SandboxMovement] { server.movements.filter { $0.reference == reference } }

    /// How often an operation was asked for.
    func count(_ operation: String, _ reference: String) -> Int {
        server.requestCounts.first { $0.operation == operation && $0.reference == reference }?.count ?? 0
    }

    /// Sends a request without a body.
    func get(_ target: String, bearer: String? = nil) async -> Wire.Ending {
        await Wire.exchange(port: port, "GET", target, headers: bearer.map { ["Authorization": "Bearer \($0)"] } ?? [:])
    }

    /// Sends JSON text.
    func post(
        _ target: String, json: String, bearer: String? = nil, method: String = "POST"
    ) async -> Wire.Ending {
        var headers = ["Content-Type": "application/json"]
        if let bearer { headers["Authorization"] = "Bearer \(bearer)" }
        return await Wire.exchange(port: port, method, target, headers: headers, body: Data(json.utf8))
    }

    /// Posts a form, as a browser does.
    func post(_ target: String, form: String, headers: [String: String] = [:]) async -> Wire.Ending {
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return await Wire.exchange(
            port: port, "POST", target, headers: headers.merging(type) { $1 }, body: Data(form.utf8))
    }
}

/// A folder that is empty at first and gone after the test.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
