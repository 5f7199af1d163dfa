import Logging
import Sandbox
import ServiceLifecycle
import Testing

/// Starting and ending.
@Suite struct ServerTests {
    @Test func `a port that is taken is reported`() async throws {
        try await TestSandbox.run { sandbox in
            let server = try SandboxServer(SandboxConfiguration(port: sandbox.port, sendCallback: { _ in nil }))
            let running = Task { try await server.run() }
            await #expect(throws: SandboxServer.NotRunning.self) { try await server.waitUntilReady() }
            await #expect(throws: (any Error).self) { try await running.value }
        }
    }

    @Test func `the system clock wakes nobody early`() async {
        let clock = SystemSandboxClock()
        let (stream, continuation) = AsyncStream<Int64>.makeStream()
        let now = clock.now
        #expect(now > ManualClock.start / 2)
        let waits: Set<Int64> = [-5, 0, 20, 21, 40]
        for wait in waits {
            clock.schedule(at: now + wait) { continuation.yield(clock.now >= now + wait ? wait : -1_000) }
        }
        var woken: Set<Int64> = []
        for await wait in stream.prefix(waits.count) { woken.insert(wait) }
        #expect(woken == waits)
    }

    @Test func `real time and real callbacks`() async throws {
        let (stream, continuation) = AsyncStream<SandboxCallback>.makeStream()
        let server = try SandboxServer(
            SandboxConfiguration(
                port: 0, logger: Logger(label: "test"),
                sendCallback: { callback in
                    continuation.yield(callback)
                    return CallbackBin.acknowledgement
                }))
        let running = Task { try await server.run() }
        let port = try await server.waitUntilReady()
        let sandbox = TestSandbox(
            server: server, clock: ManualClock(), bin: CallbackBin(clock: ManualClock()), port: port)
        let token = try await sandbox.tmoneyToken()
        _ = await sandbox.debit("r1", phone: phone(23), token: token)
        var callbacks = stream.makeAsyncIterator()
        #expect(await callbacks.next()?.url == "http://partner.example/tmoney")
        #expect(server.movements.count == 1)
        running.cancel()
        _ = await running.result
    }

    @Test func `graceful shutdown drops what hangs`() async throws {
        let clock = ManualClock()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try SandboxServer(
            SandboxConfiguration(port: 0, clock: clock, logger: logger, sendCallback: { _ in nil }))
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server], logger: logger))
        let running = Task { try await group.run() }
        let port = try await server.waitUntilReady()
        let sandbox = TestSandbox(server: server, clock: clock, bin: CallbackBin(clock: clock), port: port)
        async let ending = sandbox.accept("TX1", code: "111105")
        await clock.awaitScheduled(in: 60_000)
        await group.triggerGracefulShutdown()
        #expect(await ending.isDropped)
        try await running.value
        #expect(await sandbox.get("/").isDropped)
    }
}
