import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

@testable import Host

/// How long a connection may take, on a clock that is moved by hand.
@Suite("Deadlines of connections") struct ConnectionDeadlineTests {
    private final class Heard: DoorObserver {
        private let events = Mutex<[DoorEvent]>([])
        var all: [DoorEvent] { events.withLock { $0 } }
        func record(_ event: DoorEvent) { events.withLock { $0.append(event) } }
    }

    private struct Bench {
        let channel = EmbeddedChannel()
        let heard = Heard()

        init() throws {
            let door = Door(limits: .init(total: 10, perAddress: 10), proxies: [], observer: heard)
            guard case .enters(let visit) = door.enter(from: "127.0.0.1", .init(close: {}, invite: {})) else { return }
            let parser = ParserFaults()
            let watch = ConnectionGuard(visit: visit, parser: parser, deadlines: ConnectionDeadlines())
            try channel.pipeline.syncOperations.addHandlers([parser, HTTPServerPipelineHandler(), watch])
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func pass(seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

        func head(length: Int = 0) throws {
            let head = HTTPRequestHead(
                version: .http1_1, method: .POST, uri: "/", headers: ["host": "x", "content-length": "\(length)"])
            try channel.writeInbound(HTTPServerRequestPart.head(head))
        }

        func answer() throws {
            try channel.writeOutbound(
                HTTPServerResponsePart.head(.init(version: .http1_1, status: .ok, headers: ["content-length": "0"])))
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        }
    }

    @Test
    func `ten seconds for the first head`() throws {
        let bench = try Bench()
        bench.pass(seconds: 9)
        #expect(bench.channel.isActive)
        bench.pass(seconds: 1)
        #expect(!bench.channel.isActive)
        #expect(bench.heard.all == [.tooSlow(.head)])
    }

    @Test
    func `twenty seconds for a body, however its bytes trickle`() throws {
        let bench = try Bench()
        try bench.head(length: 100)
        for _ in 0..<19 {
            bench.pass(seconds: 1)
            try bench.channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "x")))
        }
        #expect(bench.channel.isActive)
        #expect(throws: BodyTooSlow.self) {
            bench.pass(seconds: 1)
            try bench.channel.throwIfErrorCaught()
        }
        #expect(bench.heard.all == [.tooSlow(.body)])
        // Whoever answers says so, and then the connection ends.
        try bench.answer()
        bench.pass(seconds: 1)
        #expect(!bench.channel.isActive)
    }

    @Test
    func `an answer may take as long as it takes, and then sixty seconds pass idle`() throws {
        let bench = try Bench()
        try bench.head()
        try bench.channel.writeInbound(HTTPServerRequestPart.end(nil))
        bench.pass(seconds: 600)
        #expect(bench.channel.isActive)
        try bench.answer()
        bench.pass(seconds: 59)
        #expect(bench.channel.isActive)
        bench.pass(seconds: 1)
        #expect(!bench.channel.isActive)
        #expect(bench.heard.all == [.tooSlow(.head)])
    }

    @Test
    func `what follows an answer that ends the connection is heard for a second and reaches nobody`() throws {
        let bench = try Bench()
        try bench.channel.writeInbound(
            HTTPServerRequestPart.head(.init(version: .http1_1, method: .GET, uri: "/", headers: [:])))
        let fault = try bench.channel.readInbound(as: HTTPServerRequestPart.self)
        guard case .head(let head) = fault else { throw BodyTooSlow() }
        #expect(head.headers["connection"] == ["close"])
        _ = try bench.channel.readInbound(as: HTTPServerRequestPart.self)
        try bench.channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "x")))
        try bench.answer()
        try bench.channel.writeInbound(HTTPServerRequestPart.end(nil))
        #expect(try bench.channel.readInbound(as: HTTPServerRequestPart.self) == nil)
        bench.pass(seconds: 1)
        #expect(!bench.channel.isActive)
    }
}
