import RawServer
import Router
import Testing

/// Many at once: every request arrives once and gets its own answer.
@Suite("Concurrency", .tags(.realTime))
struct ConcurrencyTests {
    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `two hundred at once`(_ mode: Mode) async throws {
        let server = try MisbehavingServer { peer in
            while let request = peer.readRequest() {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(request.path.utf8.count)\r\n\r\n\(request.path)")
            }
        }
        let answers = try await Line.with { line in
            await withTaskGroup(of: (String, Seen).self, returning: [(String, Seen)].self) { group in
                for number in 0..<200 {
                    group.addTask { ("/\(number)", await line.exchange(server.url("/\(number)"), mode)) }
                }
                var all: [(String, Seen)] = []
                for await answer in group { all.append(answer) }
                return all
            }
        }
        let page = await server.stop()
        #expect(answers.count == 200)
        for (path, seen) in answers { #expect(seen.reply?.body == Array(path.utf8)) }
        #expect(page.full.count == 200)
        #expect(page.full.values.allSatisfy { $0 == 1 })
        #expect(page.begun == 200)
    }

    /// N01: one name that cannot be looked up holds up nobody else.
    @Test func `slow name lookup holds up nobody`() async throws {
        let server = try MisbehavingServer.answering()
        try await Line.with { line in
            async let lost = line.exchange("https://nowhere.invalid/pay", .fresh, limits: Line.hasty)
            for number in 0..<20 {
                #expect(await line.exchange(server.url("/\(number)"), .fresh).reply?.status == 200)
            }
            let seen = await lost
            #expect(seen.kind == .nameLookup)
            #expect(!seen.gateOpened)
        }
        #expect(await server.stop().full.count == 20)
    }
}
