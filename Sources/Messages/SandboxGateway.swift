package import Router

/// Delivers messages of both kinds to the sandbox's inbox, where people and tests read them.
package struct SandboxGateway: MessageGateway {
    private let url: String
    private let transport: any Transport

    /// - Parameters:
    ///   - url: The sandbox's address, without a slash at its end.
    ///   - transport: What asks.
    package init(sandbox url: String, over transport: any Transport) {
        self.url = url + "/_messages"
        self.transport = transport
    }

    /// Puts the message into the inbox.
    package func deliver(_ message: OutboundMessage) async -> MessageDelivery {
        var body = JSONObject([.init("id", .string(message.token))])
        switch message.recipient {
        case .phone(let phone):
            body["to"] = .string(phone.e164)
            body["kind"] = "sms"
        case .mail(let text):
            do throws(MailAddress.Fault) { body["to"] = .string(try MailAddress(text).text) } catch {
                return .refused("the mail address cannot be used: \(error)")
            }
            body["kind"] = "mail"
            body["subject"] = .string(message.subject)
        }
        body["text"] = .string(message.text)
        let result = await transport.ask(
            WireRequest(
                .post, url, headers: [.init("Content-Type", "application/json")],
                body: JSONValue.object(body).serialized()),
            terms: AskTerms(scope: ConnectionScope(owner: "messages", credential: "sandbox")))
        return GatewayAnswer(accepted: [200, 201], refused: [400], name: "the sandbox's inbox").delivery(result)
    }
}
