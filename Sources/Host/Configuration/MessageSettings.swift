package import CurlTransport
package import Messages

/// How messages get to people, as `providers.json` says it.
package struct MessageSettings: Sendable, Hashable {
    /// The way to a phone.
    package enum Phone: Sendable, Hashable {
        /// Into the sandbox's inbox.
        case sandbox
        /// Through an HTTP gateway.
        case gateway(SMSDescription)
    }

    /// The way to a mail address.
    package enum Mail: Sendable, Hashable {
        /// Into the sandbox's inbox.
        case sandbox
        /// Through a mail server.
        case server(MailServer, from: MailSender)
    }

    /// `nil` if messages for phones get to nobody.
    package var phone: Phone?
    /// `nil` if messages for mail addresses get to nobody.
    package var mail: Mail?

    /// What is left out gets to nobody.
    package init(phone: Phone? = nil, mail: Mail? = nil) {
        self.phone = phone
        self.mail = mail
    }

    /// Everything goes to the sandbox's inbox.
    package static let sandbox = MessageSettings(phone: .sandbox, mail: .sandbox)
}
