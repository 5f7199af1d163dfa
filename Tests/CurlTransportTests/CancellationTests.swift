import CurlTransport
import RawServer
import Router
import Synchronization
import Testing

/// Cancelling a question ends it; cancelling money ends it only while it is certainly unsent.
@Suite("Cancellation")
struct CancellationTests {
    @Test func `cancelled question ends`() async throws {
        let server = try MisbehavingServer { peer in
            _ = peer.readRequest()
            peer.waitForEnd()
        }
        let seen = try await Line.with { line in
            let task = Task { await line.exchange(server.url("/ask"), .ask) }
            await server.books.sawHead("/ask")
            task.cancel()
            return await task.value
        }
        let page = await server.stop()
        #expect(seen.kind == .cancelled)
        #expect(page.full["/ask"] == 1)
    }

    @Test(arguments: [Mode.fresh, .reuse])
    func `cancelled money goes on once the gate is open`(_ mode: Mode) async throws {
        let release = AsyncSignal()
        let server = try MisbehavingServer { peer in
            guard peer.readRequest() != nil else { return }
            release.blockUntilRaised()
            peer.write(MisbehavingServer.ok)
            peer.waitForEnd()
        }
        let seen = try await Line.with { line in
            let task = Task { await line.exchange(server.url("/pay"), mode) }
            await server.books.sawHead("/pay")
            task.cancel()
            release.raise()
            return await task.value
        }
        let page = await server.stop()
        #expect(seen.gateOpened)
        #expect(seen.reply?.status == 200)
        #expect(page.full["/pay"] == 1)
    }

    /// The connection stands in the listener's queue, and TLS waits for a greeting: the gate has not been asked.
    @Test func `cancelled money is unsent before the gate`() async throws {
        let greeted = AsyncSignal()
        let server = try MisbehavingServer { peer in
            _ = peer.pace(milliseconds: 60_000)
            greeted.raise()
            peer.drain()
        }
        let seen = try await Line.with { line in
            let task = Task { await line.exchange(server.url("/pay", scheme: "https"), .fresh) }
            await greeted.wait()
            task.cancel()
            return await task.value
        }
        let page = await server.stop()
        #expect(seen.kind == .cancelled)
        #expect(!seen.gateOpened)
        #expect(page.heads.isEmpty)
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `cancelled beforehand never starts`(_ mode: Mode) async throws {
        let server = try MisbehavingServer.answering()
        let seen = try await Line.with { line in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await line.exchange(server.url("/pay"), mode)
            }
            return await task.value
        }
        let page = await server.stop()
        #expect(seen.kind == .cancelled)
        #expect(seen.gateOpened == (mode == .ask))
        #expect(page.begun == 0)
    }

    /// Cancelled at any moment, the books and the gate agree: unsent means that nothing arrived.
    @Test func `cancellation racing the gate`() async throws {
        let server = try MisbehavingServer.answering()
        let outcomes = try await Line.with { line in
            await withTaskGroup(of: (Int, Seen).self, returning: [(Int, Seen)].self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let task = Task { await line.exchange(server.url("/\(number)"), .fresh) }
                        for _ in 0..<(number % 20) { await Task.yield() }
                        task.cancel()
                        return (number, await task.value)
                    }
                }
                var all: [(Int, Seen)] = []
                for await outcome in group { all.append(outcome) }
                return all
            }
        }
        let page = await server.stop()
        for (number, seen) in outcomes {
            let arrived = page.full["/\(number)", default: 0]
            if seen.gateOpened {
                #expect(arrived == 1)
                #expect(seen.reply?.status == 200)
            } else {
                #expect(arrived == 0)
                #expect(seen.kind == .cancelled)
            }
        }
    }
}
