import Messages
import Router
import RouterTestKit
import Testing

/// What a mail server's word means for a message, and what never gets to it.
@Suite("Mail gateway") struct MailGatewayTests {
    private func gateway(_ outcome: MailOutcome) throws -> (MailGateway, OneOutcome) {
        let transport = OneOutcome(outcome)
        let sender = try MailSender("Payrouter <no-reply@pay.example>")
        return (MailGateway(from: sender, through: transport, time: ManualClock(Samples.now)), transport)
    }

    private static let message = OutboundMessage(
        id: "msg_1", to: .mail("ama@shop.example"), subject: "Code", text: "123456")

    @Test(
        arguments: [
            (.recipient, 550, "recipient"), (.recipient, 553, "recipient"), (.message, 554, "message"),
            (.message, 552, "message"),
        ] as [(MailStep, Int, String)])
    func `a no to the recipient or the message is for good`(_ step: MailStep, _ code: Int, _ word: String) throws {
        #expect(
            MessageDelivery(.refused(step, code: code)) == .refused("the mail server refused the \(word) (\(code))"))
    }

    @Test(arguments: MailStep.allCases)
    func `a no for now is for now at every step`(_ step: MailStep) {
        for code in [421, 450, 451, 452, 454] {
            guard case .failed = MessageDelivery(.refused(step, code: code)) else {
                #expect(Bool(false), "\(step) \(code)")
                return
            }
        }
    }

    @Test(
        arguments: [
            (.login, 535, "messages.mail.password"), (.login, 500, "messages.mail.user"),
            (.sender, 550, "messages.mail.from"),
            (.sender, 530, "messages.mail.user"), (.recipient, 530, "messages.mail.user"), (.greeting, 554, "greeting"),
        ] as [(MailStep, Int, String)])
    func `what hits every message is tried again, and says what to mend`(
        _ step: MailStep, _ code: Int, _ remedy: String
    ) {
        guard case .failed(let text) = MessageDelivery(.refused(step, code: code)) else {
            #expect(Bool(false), "\(step) \(code)")
            return
        }
        #expect(text.contains(remedy) && text.contains("\(code)"))
    }

    @Test func `no answer is for now`() {
        #expect(
            MessageDelivery(.failed(TransportFailure(.tls, "the certificate has expired")))
                == .failed("no answer of the mail server: tls: the certificate has expired"))
    }

    @Test func `a message becomes a mail in an envelope`() async throws {
        let (gateway, transport) = try gateway(.accepted)
        #expect(await gateway.deliver(Self.message) == .accepted)
        let mail = try #require(transport.mails.first)
        #expect(mail.sender.text == "no-reply@pay.example" && mail.recipient.text == "ama@shop.example")
        #expect(String(decoding: mail.message, as: UTF8.self).contains("\r\n\r\n123456\r\n"))
        #expect(!"\(mail)".contains("ama") && !String(reflecting: mail).contains("123456"))
    }

    @Test func `what can be no mail is refused, and not sent`() async throws {
        let (gateway, transport) = try gateway(.accepted)
        var wrong = [OutboundMessage(id: "1", to: .phone(try Samples.phone()), text: "123456")]
        wrong += ["ama", "ama@shop.example\r\nRCPT TO:<x@y.example>", "<ama@shop.example>"].map {
            OutboundMessage(id: "1", to: .mail($0), subject: "Code", text: "123456")
        }
        wrong.append(
            OutboundMessage(id: "1", to: .mail("ama@shop.example"), subject: "a\r\nBcc: x@y.example", text: ""))
        for message in wrong {
            let delivery = await gateway.deliver(message)
            guard case .refused(let text) = delivery else {
                #expect(Bool(false), "\(delivery)")
                continue
            }
            #expect(!text.contains("ama") && !text.contains("y.example") && !text.contains("90112233"))
        }
        #expect(transport.mails.isEmpty)
    }

    @Test func `a message shows neither its text nor whom it is for`() throws {
        for recipient in [OutboundMessage.Recipient.mail("ama@shop.example"), .phone(try Samples.phone())] {
            let message = OutboundMessage(id: "msg_1", to: recipient, subject: "Code", text: "123456")
            for shown in ["\(message)", String(reflecting: message), "\(Mirror(reflecting: message).children.count)"] {
                #expect(!shown.contains("ama") && !shown.contains("123456") && !shown.contains("9011"))
            }
        }
    }
}
