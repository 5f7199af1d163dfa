package import Router

/// Delivers messages for phones through an HTTP gateway that `providers.json` describes.
package struct SMSGateway: MessageGateway {
    /// Of an answer only the status counts.
    private static let limits = WireLimits(
        connectMilliseconds: 5_000, totalMilliseconds: 20_000, maximumReplyBytes: 16 * 1_024)

    private let description: SMSDescription
    private let transport: any Transport

    /// Takes what it needs; nothing is sent.
    package init(_ description: SMSDescription, over transport: any Transport) {
        self.description = description
        self.transport = transport
    }

    /// Asks the gateway to deliver the message.
    package func deliver(_ message: OutboundMessage) async -> MessageDelivery {
        guard case .phone(let phone) = message.recipient else { return .refused("SMS go to phone numbers only") }
        let result = await transport.ask(
            description.request(message, to: phone),
            terms: AskTerms(
                limits: Self.limits, scope: ConnectionScope(owner: "messages", credential: "sms"),
                addresses: description.addresses))
        return GatewayAnswer(
            accepted: description.accepted, refused: description.refused, name: "the SMS gateway"
        ).delivery(result)
    }
}
