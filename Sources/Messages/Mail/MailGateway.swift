package import Router

/// Delivers messages for mail addresses through the configured mail server.
package struct MailGateway: MessageGateway {
    private let sender: MailSender
    private let transport: any MailTransport
    private let time: any TimeSource

    /// Takes what it needs; nothing is sent.
    package init(from sender: MailSender, through transport: any MailTransport, time: any TimeSource) {
        self.sender = sender
        self.transport = transport
        self.time = time
    }

    /// Makes a mail of the message and hands it to the mail server.
    package func deliver(_ message: OutboundMessage) async -> MessageDelivery {
        guard case .mail(let text) = message.recipient else { return .refused("mail goes to mail addresses only") }
        let recipient: MailAddress
        do throws(MailAddress.Fault) { recipient = try MailAddress(text) } catch {
            return .refused("the mail address cannot be used: \(error)")
        }
        let mail: MailMessage
        do throws(MailMessage.Fault) {
            mail = try MailMessage(from: sender, to: recipient, message, at: time.now)
        } catch { return .refused(error.text) }
        return MessageDelivery(
            await transport.submit(MailSubmission(from: sender.address, to: recipient, message: mail.bytes)))
    }
}
