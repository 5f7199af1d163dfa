import CurlTransport
import Foundation
import Glibc
import Providers
import Router
import SandboxHosting
import Testing

@testable import Host

/// Where a router listens, and what it says if it cannot.
@Suite("Listening", .timeLimit(.minutes(10)))
struct ListeningTests {
    private func options(
        host: String = "127.0.0.1", port: Int, sandboxPort: Int = 0, folder: String? = nil
    ) -> HostOptions {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        var options = HostOptions(
            configurationPath: root + "/providers.json", host: host, port: port,
            dataPath: folder ?? NSTemporaryDirectory() + "payrouter-listen-" + UUID().uuidString,
            sandbox: .inProcess(port: sandboxPort), sandboxSupport: .builtIn, drainSeconds: 1, webhooksToLoopback: true,
            environment: [:])
        options.logSink = { _ in }
        return options
    }

    /// Runs a router until it listens, or says why it does not.
    private func start(
        _ options: HostOptions, then body: @escaping @Sendable (RouterHost) async throws -> Void = { _ in }
    ) async throws {
        let host = try await RouterHost.make(options, kinds: BuiltInKinds.all)
        let (ready, signal) = AsyncStream.makeStream(of: Void.self)
        let running = Task {
            defer { signal.finish() }
            try await host.run { _ in signal.yield() }
        }
        for await _ in ready {
            try await body(host)
            await host.stop()
        }
        try await running.value
    }

    private func fault(_ options: HostOptions) async -> String {
        let failure = await #expect(throws: StartFailure.self) { try await start(options) }
        return failure.map { "\($0)" } ?? ""
    }

    /// A port that somebody else listens at.
    private func occupied<T>(_ body: (Int) async throws -> T) async throws -> T {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var port = 0
        for _ in 0..<20 where port == 0 {
            let free = try FreePort.pick()
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            address.sin_port = UInt16(free).bigEndian
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if bound == 0, listen(descriptor, 1) == 0 { port = free }
        }
        return try await body(port)
    }

    @Test
    func `a taken port says so and what to do: the router's, and the sandbox operators'`() async throws {
        try await occupied { port in
            let router = await fault(options(port: port))
            #expect(router.hasPrefix("127.0.0.1:\(port) is taken: ") && router.contains("--port"), "\(router)")
            let sandbox = await fault(options(port: try FreePort.pick(), sandboxPort: port))
            #expect(
                sandbox.contains("127.0.0.1:\(port) is taken: ") && sandbox.contains("--sandbox-port"), "\(sandbox)")
        }
    }

    @Test
    func `an address that is not this machine's, and one that is none`() async throws {
        let port = try FreePort.pick()
        let foreign = await fault(options(host: "203.0.113.9", port: port))
        #expect(
            foreign
                == "203.0.113.9:\(port) is no address of this machine; --host takes one of its own, such as 127.0.0.1 or ::1"
        )
    }

    @Test
    func `a second router on the same data says that one runs; so does one whose control socket answers`() async throws
    {
        let router = try await RunningRouter()
        let second = await fault(options(port: try FreePort.pick(), folder: router.folder))
        #expect(second.contains("a router is running on \(router.folder)") && second.contains("--data"), "\(second)")
        let locked = await #expect(throws: StartFailure.self) { try await OfflineHost.open(router.folder) }
        #expect(
            locked.map { "\($0)".contains("another router is using this data") && "\($0)".contains("--data") } == true)
        // A lock does not reach over every file system; a socket that answers is proof enough.
        let other = NSTemporaryDirectory() + "payrouter-listen-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: other + "/control.sock", withDestinationPath: router.folder + "/control.sock")
        let third = await fault(options(port: try FreePort.pick(), folder: other))
        #expect(third.contains("a router is running on \(other)") && third.contains("--data"), "\(third)")
        #expect(try await ControlClient(path: router.folder + "/control.sock").isAnswered)
        await router.stop()
    }

    @Test(arguments: ["0.0.0.0", "::1"])
    func `sandbox operators reach a router at every address by the loopback one, and at an IPv6 one`(
        _ address: String
    ) async throws {
        let options = options(host: address, port: try FreePort.pick())
        let url = address == "::1" ? "http://[::1]:\(options.port)" : "http://127.0.0.1:\(options.port)"
        try await start(options) { host in
            #expect(host.engine.settings.publicURL == url)
            let reply = await host.transport.ask(
                WireRequest(.get, url + "/health/live"), terms: AskTerms(scope: ConnectionScope(owner: "test")))
            #expect((try? reply.get().status) == 200, "\(reply)")
        }
    }

    @Test
    func `notifications that sign the router's address are believed at whatever port it has`() async throws {
        let router = try await RunningRouter()
        #expect(router.host.options.port != 8080)
        let created = await router.create(["amount": 10_001, "currency": "THB", "channel": "thai-wallets"])
        #expect(created.status == 201, "\(created.json)")
        var payer = SandboxPayer(on: router)
        let id = created.json["id"]?.stringValue ?? ""
        let ended = await payer.follow(created.json, path: "/v1/payments/\(id)", polls: 30) {
            $0["status"] == "succeeded"
        }
        #expect(ended["status"] == "succeeded", "\(ended.jsonText)")
        let end = router.host.time.now.adding(seconds: 15)
        var heard: [Substring] = []
        while heard.isEmpty, router.host.time.now < end {
            heard = await router.metrics.split(separator: "\n").filter {
                $0.hasPrefix("payrouter_callbacks") && $0.contains(#"provider="ksher-th""#)
            }
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
        // One whose signature does not hold is "unverified"; one that holds names no amount, so it is a reason to ask.
        #expect(heard.contains { $0.contains(#"verdict="hint""#) }, "\(heard)")
        #expect(!heard.contains { $0.contains("unverified") }, "\(heard)")
        await router.stop()
    }
}
