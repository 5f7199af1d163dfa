import CurlTransport
import Messages
import RawServer
import Router
import Testing

/// A gateway for SMS on a real socket.
@Suite("SMS over the wire") struct SMSOverTheWireTests {
    private func deliver(
        to played: MisbehavingServer, _ addresses: AddressPolicy, secret: String = "s3cret"
    ) async throws -> MessageDelivery {
        let transport = try CurlTransport()
        let text = try MessageTemplate("{phone}: {text}", allowing: MessageTemplate.Place.ofBodies)
        let key = try MessageTemplate("{secret}", allowing: MessageTemplate.Place.ofHeaders)
        let described = SMSDescription(
            url: played.url("/send"), headers: [.init("X-Key", key)], body: .form([.init("sms", text)]),
            secret: Secret(secret), addresses: addresses)
        let delivery = await SMSGateway(described, over: transport).deliver(
            OutboundMessage(id: "1", to: .phone(try Samples.phone()), text: "code 1"))
        await transport.shutdown(grace: .zero)
        return delivery
    }

    @Test func `takes a message`() async throws {
        let (bodies, body) = AsyncStream.makeStream(of: String.self)
        let played = try MisbehavingServer { peer in
            while let request = peer.readRequest() {
                body.yield(request.head + String(decoding: request.body, as: UTF8.self))
                peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
            }
        }
        #expect(try await deliver(to: played, .any) == .accepted)
        let seen = await bodies.first { _ in true }
        _ = await played.stop()
        #expect(seen?.hasSuffix("sms=%2B22890112233%3A%20code%201") == true && seen?.contains("X-Key: s3cret") == true)
    }

    @Test func `is spoken to only where its address is allowed, and a key with a line break is not sent`() async throws
    {
        let played = try MisbehavingServer.answering()
        #expect(try await deliver(to: played, .publicOnly).failedText?.contains("address_forbidden") == true)
        #expect(
            try await deliver(to: played, .any, secret: "a\r\nX-Admin: 1").failedText?.contains("control byte") == true)
        #expect(await played.stop().begun == 0)
    }
}
