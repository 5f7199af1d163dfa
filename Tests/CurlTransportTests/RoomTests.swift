import CCurl
import Glibc
import RawServer
import Router
import Testing

@testable import CurlTransport

/// No room for a connection: nothing leaves, nobody else is to blame, and everything is given back.
@Suite("Room")
struct RoomTests {
    /// Every number a socket can get lies above it.
    private static let none = CurlConfiguration(descriptorCeiling: 3)

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `without a descriptor nothing leaves`(_ mode: Mode) async throws {
        let server = try MisbehavingServer.answering()
        let (seen, isExhausted) = try await Line.with(Self.none) {
            (await $0.exchange(server.url("/pay"), mode), $0.transport.isExhausted)
        }
        #expect(seen.kind == .exhausted)
        #expect(seen.gateOpened == (mode == .ask), "a question has no gate")
        #expect(isExhausted)
        #expect(await server.stop().begun == 0)
    }

    @Test func `every time is told`() async throws {
        let count = Count()
        let transport = try CurlTransport(Self.none) { count.add() }
        let line = Line(transport: transport)
        for _ in 0..<3 { _ = await line.exchange("http://127.0.0.1:9/", .fresh) }
        await transport.shutdown(grace: .zero)
        #expect(count.value == 3)
    }

    @Test func `who has too many under way waits and others do not`() async throws {
        let turnstile = Hold()
        let server = try MisbehavingServer { peer in
            while let request = peer.readRequest() {
                if request.path == "/slow" { turnstile.wait() }
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let configuration = CurlConfiguration(maximumConnections: 32)
        let own = configuration.maximumConnectionsPerOwner
        let (mine, others, after) = try await Line.with(configuration) { line in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<own { group.addTask { _ = await line.exchange(server.url("/slow"), .fresh) } }
                while turnstile.waiting < own { await Task.yield() }
                let mine = await line.exchange(server.url("/one"), .fresh)
                let others = await line.transport.ask(
                    WireRequest(.get, server.url("/two")), terms: AskTerms(scope: ConnectionScope(owner: "other")))
                #expect(!line.transport.isExhausted, "one owner's share says nothing about the machine")
                turnstile.release()
                try await group.waitForAll()
                return (mine, others, await line.exchange(server.url("/three"), .fresh))
            }
        }
        #expect(mine.kind == .exhausted)
        #expect(!mine.gateOpened)
        #expect((try? others.get().status) == 200)
        #expect(after.reply?.status == 200)
        _ = await server.stop()
    }

    @Test func `idle connections make room`() async throws {
        let server = try MisbehavingServer.answering()
        // Each scope keeps one idle connection; the eleventh would be one too many.
        let kinds = try await Line.with(CurlConfiguration(maximumConnections: 10)) { line in
            var kinds: [Int?] = []
            for number in 0..<40 {
                let result = await line.transport.ask(
                    WireRequest(.get, server.url("/")), terms: AskTerms(scope: ConnectionScope(owner: "\(number)")))
                kinds.append(try? result.get().status)
            }
            return kinds
        }
        #expect(kinds.allSatisfy { $0 == 200 })
        _ = await server.stop()
    }

    @Test func `sockets are counted back`() throws {
        let room = SocketRoom(limit: 2, ceiling: .max) {}
        var address = curl_sockaddr()
        (address.family, address.socktype) = (AF_INET, Int32(SOCK_STREAM.rawValue))
        let first = try #require(room.socket(for: &address))
        let second = try #require(room.socket(for: &address))
        #expect(room.openCount == 2)
        #expect(room.isTight)
        #expect(room.socket(for: &address) == nil)
        #expect(room.isExhausted)
        #expect(room.close(first) == 0)
        let third = try #require(room.socket(for: &address))
        #expect(!room.isExhausted, "there is room again")
        #expect(room.close(second) == 0)
        #expect(room.close(third) == 0)
        #expect(room.openCount == 0)
    }

    @Test func `a transport gives every socket back`() async throws {
        let server = try MisbehavingServer.answering()
        // With room for few, whoever is not counted back is missed soon.
        let seen = try await Line.with(CurlConfiguration(maximumConnections: 8)) { line in
            var all: [Seen] = []
            for _ in 0..<60 { all.append(await line.exchange(server.url("/"), .fresh)) }
            return all
        }
        #expect(seen.allSatisfy { $0.reply?.status == 200 })
        _ = await server.stop()
    }
}

/// The whole table of what a want of room explains.
@Suite("Shortage")
struct ShortageTests {
    private func explains(_ code: CURLcode, _ error: Int32 = 0, short: Bool = false, sound: Bool = false) -> Bool {
        Shortage.explains(code, systemError: error, isShort: { short }, bundleIsSound: { sound })
    }

    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM])
    func `the systems errors`(_ error: Int32) {
        #expect(Shortage.isShortage(error))
        #expect(explains(CURLE_COULDNT_CONNECT, error))
    }

    @Test(arguments: [0, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EACCES, ETIMEDOUT, EADDRNOTAVAIL])
    func `the others are somebody elses`(_ error: Int32) {
        #expect(!Shortage.isShortage(error))
        #expect(!explains(CURLE_COULDNT_CONNECT, error, short: true, sound: true))
    }

    @Test func `a name is not known unless descriptors are short`() {
        #expect(!explains(CURLE_COULDNT_RESOLVE_HOST))
        #expect(explains(CURLE_COULDNT_RESOLVE_HOST, short: true))
    }

    @Test func `a bundle that was sound and is could not be opened for a moment`() {
        #expect(!explains(CURLE_SSL_CACERT_BADFILE, short: true))
        #expect(explains(CURLE_SSL_CACERT_BADFILE, sound: true))
    }

    @Test func `memory is ours`() { #expect(explains(CURLE_OUT_OF_MEMORY)) }

    @Test(arguments: [
        CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_GOT_NOTHING,
        CURLE_RECV_ERROR, CURLE_SEND_ERROR,
    ])
    func `nothing else is`(_ code: CURLcode) { #expect(!explains(code, EMFILE, short: true, sound: true)) }
}
