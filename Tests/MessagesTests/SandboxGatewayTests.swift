import Messages
import Router
import Testing

/// Messages for the sandbox's inbox.
@Suite("Sandbox gateway") struct SandboxGatewayTests {
    @Test func `takes both kinds`() async throws {
        let wire = OneAnswer(status: 201)
        let gateway = SandboxGateway(sandbox: "http://127.0.0.1:8090", over: wire)
        let sms = OutboundMessage(id: "1", to: .phone(try Samples.phone()), subject: "no", text: "a")
        let mail = OutboundMessage(id: "2", to: .mail("ama@shop.example"), subject: "Code", text: "b")
        #expect(await gateway.deliver(sms) == .accepted)
        #expect(await gateway.deliver(mail) == .accepted)
        #expect(
            wire.asked.map(\.request.url) == ["http://127.0.0.1:8090/_messages", "http://127.0.0.1:8090/_messages"])
        #expect(
            wire.asked.map { String(decoding: $0.request.body, as: UTF8.self) } == [
                #"{"id":"1","to":"+22890112233","kind":"sms","text":"a"}"#,
                #"{"id":"2","to":"ama@shop.example","kind":"mail","subject":"Code","text":"b"}"#,
            ])
        #expect(
            await gateway.deliver(OutboundMessage(id: "3", to: .mail("ama"), text: "")) != .accepted
                && wire.asked.count == 2)
    }

    @Test(arguments: [(400, false), (503, true), (404, true), (500, true)])
    func `is down when it says so`(_ status: Int, _ isForNow: Bool) async throws {
        let gateway = SandboxGateway(sandbox: "http://127.0.0.1:8090", over: OneAnswer(status: status))
        let delivery = await gateway.deliver(OutboundMessage(id: "1", to: .phone(try Samples.phone()), text: "a"))
        #expect(delivery != .accepted && (delivery.failedText != nil) == isForNow)
    }
}
