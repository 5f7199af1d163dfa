/// A whole mail for one recipient, as it goes to a mail server.
public struct MailSubmission: Sendable, Hashable {
    /// The envelope's sender, to whom what cannot be delivered comes back.
    public var sender: MailAddress
    /// The envelope's recipient.
    public var recipient: MailAddress
    /// Headers and body (RFC 5322), every line ended by CR and LF; without the doubled dots of SMTP, which are the transport's.
    public var message: [UInt8]

    /// The message's headers are not compared with the envelope.
    public init(from sender: MailAddress, to recipient: MailAddress, message: [UInt8]) {
        self.sender = sender
        self.recipient = recipient
        self.message = message
    }
}

extension MailSubmission: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How long it is; neither whom it is for nor what it says.
    public var description: String { "mail of \(message.count) bytes" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The way to the one mail server that is configured.
public protocol MailTransport: Sendable {
    /// Hands over one mail, once: no hidden retry.
    func submit(_ mail: MailSubmission) async -> MailOutcome
}

/// What a mail server said of one mail, or why it said nothing.
public enum MailOutcome: Sendable, Hashable {
    /// It took the mail.
    case accepted
    /// It refused with a reply of 400 to 599 (RFC 5321, 4.2), at this step.
    case refused(MailStep, code: Int)
    /// There was no such reply: no connection, no trusted TLS, no answer in time. The mail may have been taken all the same.
    case failed(TransportFailure)
}

/// How far the dialogue with a mail server had come.
public enum MailStep: String, Sendable, Hashable, CaseIterable {
    /// Connecting, greeting, and agreeing on TLS.
    case greeting
    /// User and password.
    case login
    /// The envelope's sender.
    case sender
    /// The envelope's recipient.
    case recipient
    /// The message itself.
    case message
}
