import CurlTransport
import Messages
import Router
import RouterTestKit
import Testing

@testable import Host

/// Which gateways a configuration makes.
@Suite("Message gateways") struct MessageGatewaysTests {
    private func make(_ settings: MessageSettings, sandbox: String?) async throws -> (Bool, Bool, Bool) {
        let transport = try CurlTransport()
        let gateways = try MessageGateways(
            settings, over: transport, sandboxURL: sandbox, time: ManualClock(Moment(milliseconds: 0)),
            descriptorCeiling: .max)
        await gateways.shutdown(grace: .zero)
        await transport.shutdown(grace: .zero)
        return (gateways.phone is SMSGateway, gateways.mail is MailGateway, gateways.mail is SandboxGateway)
    }

    @Test func `are those that it asks for`() async throws {
        let body = SMSBody.form([.init("to", try MessageTemplate("{phone}", allowing: [.phone]))])
        let both = MessageSettings(
            phone: .gateway(SMSDescription(url: "https://sms.example/", body: body)),
            mail: .server(
                MailServer(host: "127.0.0.1", port: 1, security: .none), from: try MailSender("a@b.example")))
        #expect(try await make(both, sandbox: nil) == (true, true, false))
        #expect(try await make(.sandbox, sandbox: "http://127.0.0.1:1") == (false, false, true))
        #expect(try await make(.sandbox, sandbox: nil) == (false, false, false))
        #expect(try await make(MessageSettings(), sandbox: "http://127.0.0.1:1") == (false, false, false))
    }
}
