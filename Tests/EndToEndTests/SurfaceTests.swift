import Foundation
import Glibc
import Router
import SQLiteStore
import Testing

@testable import Host

/// What strangers reach, and what only those who run the router do.
@Suite("Surfaces", .timeLimit(.minutes(10)))
struct SurfaceTests {
    @Test
    func `in production the router's port knows no metrics and nothing of administration; the other port does`()
        async throws
    {
        try await ProductionRouter().run { host, ports in
            #expect(ports.port == host.options.port && ports.admin != ports.port)
            func answer(_ path: String, _ port: Int) async throws -> (Int, JSONValue) {
                let reply = try await host.get(path, port: port)
                let problem = (try? StrictJSON.parse(Array(reply.text.utf8))) ?? .null
                return (reply.status, ["title": problem["title"] ?? .null, "detail": problem["detail"] ?? .null])
            }
            let nothing = try await answer("/there/is/nothing", ports.port)
            #expect(nothing.0 == 404)
            for path in [
                "/metrics", "/v1/admin", "/v1/admin/apps", "/apps", "/people", "/reviews", "/orders/pay_1", "/payments",
                "/wallets", "/wallets/wal_1", "/transfers", "/transfers/tr_1", "/transfers/tr_1/retry",
            ] {
                let found = try await answer(path, ports.port)
                #expect(found.0 == 404 && found.1 == nothing.1, "\(path): \(found)")
            }
            let metrics = try await host.get("/metrics", port: ports.admin)
            #expect(metrics.status == 200 && metrics.text.contains("payrouter_work_active"))
            for port in [ports.port, ports.admin] {
                #expect(try await host.get("/health/live", port: port).status == 200)
                #expect(try await host.get("/health/ready", port: port).status == 200)
            }
            // No other calls there, above all none of the control socket's.
            for path in [
                "/", "/docs", "/v1/payments", "/v1/events", "/apps", "/people", "/reviews", "/pay/pay_1", "/w/wal_1",
            ] {
                #expect(try await host.get(path, port: ports.admin).status == 404, "\(path)")
            }
        }
    }

    @Test
    func `in the sandbox both answer with metrics`() async throws {
        let router = try await RunningRouter()
        #expect(await router.metrics.contains("payrouter_work_active"))
        let request = APIRequest(
            method: "GET", path: "/metrics", id: RequestID(at: router.host.time.now, from: SystemRandom()))
        #expect(await router.host.admin.respond(to: request).status == 200)
        await router.stop()
    }

    @Test
    func `a taken admin port says so, and the option; in the sandbox the neighbour gives way`() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(bound)
        let port = Int(UInt16(bigEndian: address.sin_port))
        var router = try ProductionRouter()
        router.options.adminPort = port
        let named = await router.fault()
        #expect(named.hasPrefix("127.0.0.1:\(port) is taken: ") && named.contains("--admin-port"), "\(named)")
        router.options.adminPort = 0
        router.options.adminHost = "203.0.113.9"
        let foreign = await router.fault()
        #expect(foreign.contains("is no address of this machine; --admin-host takes"), "\(foreign)")
        let production = AdminListener(host: "127.0.0.1", port: nil, nextTo: port - 1, givesWay: false)
        #expect(production.port == port)
        let sandbox = AdminListener(host: "127.0.0.1", port: nil, nextTo: port - 1, givesWay: true)
        #expect(sandbox.port == 0)
    }

    @Test
    func `the neighbour is a port`() {
        #expect([0, 80, 8_080, 65_534, 65_535].map(AdminListener.neighbour) == [0, 81, 8_081, 65_535, 65_534])
    }

    @Test(arguments: ["http://pay.example", "https://pay.example/pay"])
    func `production takes an https origin from outside`(_ url: String) async throws {
        var router = try ProductionRouter()
        router.options.publicURL = url
        let fault = await router.fault()
        #expect(fault.hasPrefix("--public-url \(url) "), "\(fault)")
    }

    @Test
    func `a weak master key begins no data folder in production, and is told of where it began one`() async throws {
        var router = try ProductionRouter()
        let weak = String(repeating: "0123456789abcdef", count: 4)
        router.options.environment["PAYROUTER_MASTER_KEY"] = weak
        let fault = await router.fault()
        #expect(fault.hasPrefix("the master key can be guessed: it is an example that everybody knows"), "\(fault)")
        #expect(fault.contains("openssl rand -hex 32") && !fault.contains(weak))
        // A folder of before.
        let folder = try DataFolder(path: router.options.dataPath)
        #expect(folder.isNew)
        let master = try folder.masterKey(router.options.environment, makeIfMissing: false)
        #expect(throws: StartFailure.self) { try folder.admit(master) }
        await (try folder.openStore(master)).close()
        try await router.run { host, ports in
            #expect(host.notes.count == 1 && host.notes.first?.contains("payrouter keys rotate") == true)
            let metrics = try await host.get("/metrics", port: ports.admin).text
            #expect(metrics.contains(#"payrouter_alarms_total{kind="weak_master_key"} 1"#))
        }
    }

    @Test
    func `in the sandbox a weak key is told of, and its own key is none`() async throws {
        let router = try await RunningRouter()
        #expect(!router.host.notes.contains { $0.contains("guessed") })
        #expect(await !router.metrics.contains("weak_master_key"))
        await router.stop()
    }

    @Test
    func `an open data folder or key file is refused in production`() async throws {
        var router = try ProductionRouter()
        let data = router.options.dataPath
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        chmod(data, 0o755)
        let folder = await router.fault()
        #expect(
            folder.hasPrefix("the data folder \(data) is open to everybody") && folder.contains("chmod 700 \(data)"))
        chmod(data, 0o700)
        let key = data + ".key"
        try (router.options.environment["PAYROUTER_MASTER_KEY"] ?? "").write(
            toFile: key, atomically: true, encoding: .utf8)
        chmod(key, 0o644)
        router.options.environment["PAYROUTER_MASTER_KEY"] = nil
        router.options.environment["PAYROUTER_MASTER_KEY_FILE"] = key
        let file = await router.fault()
        #expect(
            file.hasPrefix("the master key's file \(key) is open to everybody") && file.contains("chmod 600 \(key)"))
        chmod(key, 0o600)
        try await router.run { host, _ in #expect(host.notes == []) }
    }

    @Test
    func `and told of in the sandbox`() async throws {
        let folder = NSTemporaryDirectory() + "payrouter-open-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o755)
        let router = try await RunningRouter(folder: folder)
        #expect(router.host.notes.count == 1 && router.host.notes[0].contains("chmod 700 \(folder)"))
        await router.stop()
    }
}
