import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Host

/// What is held of a request that nobody takes, and how it ends.
@Suite struct RequestIntakeTests {
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = HTTPServerResponsePart
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    private static func part(_ bytes: Int) -> HTTPServerRequestPart {
        .body(ByteBuffer(repeating: 0x61, count: bytes))
    }

    private static func channel() throws -> (EmbeddedChannel, Reads, RequestIntake) {
        let (channel, reads, intake) = (EmbeddedChannel(), Reads(), RequestIntake())
        try channel.pipeline.syncOperations.addHandlers([reads, intake])
        channel.read()
        return (channel, reads, intake)
    }

    @Test(arguments: [(64 * 1_024, 1), (1, 32)])
    func `no more is read until somebody takes what came`(_ bytes: Int, _ parts: Int) async throws {
        let (channel, reads, intake) = try Self.channel()
        let before = reads.count
        for _ in 0..<parts { try channel.writeInbound(Self.part(bytes)) }
        channel.read()
        #expect(reads.count == before)
        _ = try await intake.next()
        #expect(reads.count == before + 1)
        channel.read()
        #expect(reads.count == before + 2)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test
    func `an error comes behind what was there before it, once`() async throws {
        let (channel, _, intake) = try Self.channel()
        try channel.writeInbound(Self.part(1))
        channel.pipeline.fireErrorCaught(BodyTooSlow())
        #expect(try await intake.next() == Self.part(1))
        await #expect(throws: BodyTooSlow.self) { try await intake.next() }
        #expect(try await intake.next() == nil)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test
    func `a body that ends before it is whole is no body`() async throws {
        let (channel, _, intake) = try Self.channel()
        try channel.writeInbound(Self.part(10))
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        await #expect(throws: Problem.self) { try await IncomingBody(intake).read(limit: 100) }
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test(arguments: [("a\r\nb: c", "a  b: c"), ("a\u{0}", "a"), (" a", "a"), ("plain", "plain"), ("é", "é")])
    func `a value begins no other line`(_ value: String, _ harmless: String) {
        #expect(HeaderText.harmless(value) == harmless)
    }
}
