import CurlTransport
import Router
import Testing

@testable import Host

/// Messages of a whole router end in the sandbox's inbox, unless it is down.
@Suite("Messages to people") struct MessageDeliveryTests {
    private func inbox(_ router: RunningRouter, of recipient: String) async throws -> [JSONValue] {
        let url = try #require(router.host.sandboxURL) + "/_messages?to=" + recipient
        let terms = AskTerms(scope: ConnectionScope(owner: "test"))
        let reply = try await router.host.transport.ask(WireRequest(.get, url), terms: terms).get()
        return try StrictJSON.parse(reply.body)["messages"]?.arrayValue ?? []
    }

    @Test func `go to the inbox, and can be sent again after it was down`() async throws {
        let router = try await RunningRouter()
        let phone = try #require(router.host.messages.phone)
        let mail = try #require(router.host.messages.mail)
        let sms = OutboundMessage(id: "msg_1", to: .phone(try MSISDN(parsing: "+22890112233")), text: "Code 1")
        let letter = OutboundMessage(id: "msg_2", to: .mail("ama@shop.example"), subject: "Reçu", text: "5 000")
        #expect(await phone.deliver(sms) == .accepted)
        #expect(await mail.deliver(letter) == .accepted)
        let fault: JSONValue = ["operator": "messages", "fault": "status", "status": 503, "count": 1]
        #expect(await router.sandbox("PUT", "/_faults", fault) == 200)
        #expect(await phone.deliver(sms) == .failed("the sandbox's inbox answered 503"))
        #expect(await phone.deliver(sms) == .accepted)
        let came = try await inbox(router, of: "%2B22890112233")
        #expect(came.map { $0["id"] } == ["msg_1", "msg_1"] && came.first?["text"] == "Code 1")
        #expect(try await inbox(router, of: "ama@shop.example").first?["subject"] == "Reçu")
        await router.stop()
    }
}
