import WebText

/// A text for one person, to be delivered by a ``MessageGateway``: a code, or the news that money moved.
///
/// Printing shows neither the text nor whom it is for.
public struct OutboundMessage: Sendable, Hashable {
    /// Whom a message is for, which also says by which gateway it goes.
    public enum Recipient: Sendable, Hashable {
        /// By SMS.
        case phone(MSISDN)
        /// By mail, to an address that ``MailAddress`` can read; a gateway refuses every other one.
        case mail(String)
    }

    /// What a repeat is recognised by: the same for every try to deliver the same message, and for no other one.
    public var id: String
    /// Whom it is for.
    public var recipient: Recipient
    /// The subject line of a mail, without line breaks; an SMS has none.
    public var subject: String
    /// The text, in any language; lines end with a line feed.
    public var text: String

    /// Nothing is checked here: the gateway refuses what cannot be delivered.
    public init(id: String, to recipient: Recipient, subject: String = "", text: String) {
        self.id = id
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }
}

extension OutboundMessage {
    /// The ``id`` as it may stand in any header: one of letters, digits, hyphens and underscores as it is, every other
    /// one in hexadecimal.
    public var token: String {
        let isPlain = (1...64).contains(id.utf8.count) && id.utf8.allSatisfy(Self.isPlain)
        // What is plain and begins like this is spelled out, too: two ids never have one token.
        return isPlain && !id.hasPrefix("x-") ? id : "x-" + Hex.text(id.utf8)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}

extension OutboundMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id and the way it goes, nothing else.
    public var description: String {
        switch recipient {
        case .phone: "SMS \(token)"
        case .mail: "mail \(token)"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
