import CurlTransport
import Messages
package import Router

/// The ways messages go from this router to people.
package struct MessageGateways: Sendable {
    /// For phones; `nil` if none is configured.
    package var phone: (any MessageGateway)?
    /// For mail addresses; `nil` if none is configured.
    package var mail: (any MessageGateway)?
    /// The client of the mail server, if there is one.
    private var client: CurlMail?

    /// No way at all, or those of a test.
    package init(phone: (any MessageGateway)? = nil, mail: (any MessageGateway)? = nil) {
        self.phone = phone
        self.mail = mail
    }

    /// Makes the gateways that a configuration asks for; nothing is sent, and no connection is opened.
    ///
    /// - Parameters:
    ///   - settings: Which gateways there are.
    ///   - transport: What carries HTTP.
    ///   - sandboxURL: The sandbox's address, if one runs.
    ///   - time: The dates of mails.
    ///   - descriptorCeiling: The first descriptor number that is not for connections.
    /// - Throws: `CurlStartError` if libcurl is unfit for mail.
    init(
        _ settings: MessageSettings, over transport: any Transport, sandboxURL: String?, time: any TimeSource,
        descriptorCeiling: Int
    ) throws {
        let sandbox = sandboxURL.map { SandboxGateway(sandbox: $0, over: transport) }
        switch settings.phone {
        case nil: break
        case .sandbox: phone = sandbox
        case .gateway(let description): phone = SMSGateway(description, over: transport)
        }
        switch settings.mail {
        case nil: break
        case .sandbox: mail = sandbox
        case .server(let server, let sender):
            let client = try CurlMail(server, descriptorCeiling: descriptorCeiling)
            mail = MailGateway(from: sender, through: client, time: time)
            self.client = client
        }
    }

    /// Lets mails under way end until the grace is over; none can be sent afterwards.
    func shutdown(grace: Duration) async { await client?.shutdown(grace: grace) }
}
