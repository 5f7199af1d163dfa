/// A record's name: a prefix that says the kind, then 26 characters that sort by time of creation (ULID).
///
/// The first ten characters are the millisecond, the rest 80 random bits, in Crockford's base 32. Identifiers are
/// opaque to callers.
public struct Identifier<Kind: IdentifierKind>: Sendable, Hashable, CustomStringConvertible {
    /// The whole identifier, for instance `pay_01JD3K...`.
    public let text: String

    /// Makes a new identifier.
    public init(at moment: Moment, from random: some RandomSource) {
        text = Kind.prefix + "_" + ULID.text(milliseconds: UInt64(max(0, moment.milliseconds)), random: random)
    }

    /// Reads an identifier; `nil` if the prefix or form is wrong.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count == Kind.prefix.utf8.count + 27, text.hasPrefix(Kind.prefix + "_"),
            bytes.dropFirst(Kind.prefix.utf8.count + 1).allSatisfy({ ULID.alphabet.contains($0) })
        else { return nil }
        self.text = text
    }

    /// Takes an identifier that this router wrote itself, from its own store.
    package init(stored text: String) { self.text = text }

    /// The identifier as text.
    public var description: String { text }
}

/// A kind of record with identifiers of its own.
public protocol IdentifierKind: Sendable {
    /// The prefix without the underscore.
    static var prefix: String { get }
}

enum ULID {
    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The last millisecond that ten characters can say.
    static let lastMillisecond: UInt64 = (1 << 50) - 1

    /// The ten characters with which everything made in a millisecond begins.
    static func time(milliseconds: UInt64) -> String {
        let milliseconds = min(milliseconds, lastMillisecond)
        let characters = (0..<10).reversed().map { alphabet[Int(milliseconds >> (5 * $0) & 31)] }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The millisecond that the first ten characters say; `nil` if they are no such characters.
    static func milliseconds(of text: Substring) -> UInt64? {
        let characters = text.utf8.prefix(10)
        guard characters.count == 10 else { return nil }
        var milliseconds: UInt64 = 0
        for character in characters {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            milliseconds = milliseconds << 5 | UInt64(value)
        }
        return milliseconds
    }

    static func text(milliseconds: UInt64, random: some RandomSource) -> String {
        let (high, low) = (random.next(), random.next())
        return String(unsafeUninitializedCapacity: 26) { buffer in
            for position in 0..<10 { buffer[9 - position] = alphabet[Int(milliseconds >> (5 * position) & 31)] }
            for position in 0..<8 {
                buffer[10 + position] = alphabet[Int(high >> (5 * position) & 31)]
                buffer[18 + position] = alphabet[Int(low >> (5 * position) & 31)]
            }
            return 26
        }
    }
}

/// Kinds of identifiers.
public enum IdentifierKinds {
    /// Movements.
    public enum Movement: IdentifierKind {
        /// `mov`.
        public static let prefix = "mov"
    }
    /// Attempts.
    public enum Attempt: IdentifierKind {
        /// `att`.
        public static let prefix = "att"
    }
    /// Events.
    public enum Event: IdentifierKind {
        /// `evt`.
        public static let prefix = "evt"
    }
    /// Apps.
    public enum App: IdentifierKind {
        /// `app`.
        public static let prefix = "app"
    }
    /// Webhook endpoints.
    public enum WebhookEndpoint: IdentifierKind {
        /// `whe`.
        public static let prefix = "whe"
    }
    /// HTTP requests.
    public enum Request: IdentifierKind {
        /// `req`.
        public static let prefix = "req"
    }
    /// Inbox messages.
    public enum Inbox: IdentifierKind {
        /// `inb`.
        public static let prefix = "inb"
    }
}

/// Names a movement.
public typealias MovementID = Identifier<IdentifierKinds.Movement>
/// Names an attempt.
public typealias AttemptID = Identifier<IdentifierKinds.Attempt>
/// Names an event.
public typealias EventID = Identifier<IdentifierKinds.Event>
/// Names an app.
public typealias AppID = Identifier<IdentifierKinds.App>
/// Names a webhook endpoint.
public typealias WebhookEndpointID = Identifier<IdentifierKinds.WebhookEndpoint>
/// Names one HTTP request to the router.
public typealias RequestID = Identifier<IdentifierKinds.Request>
/// Names one message from an operator.
public typealias InboxID = Identifier<IdentifierKinds.Inbox>
