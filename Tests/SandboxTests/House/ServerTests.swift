import Logging
import Sandbox
import Testing

/// Starting and ending.
@Suite struct ServerTests {
    @Test func aPortThatIsTakenIsReported() async throws {
        try await Practice.run { practice in
            let server = try SandboxServer(SandboxConfiguration(port: practice.port, sendCallback: { _ in nil }))
            let running = Task { try await server.run() }
            await #expect(throws: SandboxServer.NotRunning.self) { try await server.waitUntilReady() }
            await #expect(throws: (any Error).self) { try await running.value }
        }
    }

    @Test func theSystemClockWakesInOrder() async {
        let clock = SystemSandboxClock()
        let (stream, continuation) = AsyncStream<Int>.makeStream()
        let now = clock.now
        #expect(now > ManualClock.start / 2)
        clock.schedule(at: now + 40) { continuation.yield(3) }
        clock.schedule(at: now + 20) { continuation.yield(2) }
        clock.schedule(at: now - 5) { continuation.yield(1) }
        var woken: [Int] = []
        for await number in stream {
            woken.append(number)
            if number == 3 {
                #expect(clock.now >= now + 40)
                break
            }
        }
        #expect(woken == [1, 2, 3])
    }

    @Test func realTimeAndRealCallbacks() async throws {
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
        let practice = Practice(
            server: server, clock: ManualClock(), bin: CallbackBin(clock: ManualClock()), port: port)
        let token = try await practice.tmoneyToken()
        _ = await practice.debit("r1", phone: phone(23), token: token)
        var callbacks = stream.makeAsyncIterator()
        #expect(await callbacks.next()?.url == "http://partner.example/tmoney")
        #expect(server.movements.count == 1)
        running.cancel()
        _ = await running.result
    }
}
