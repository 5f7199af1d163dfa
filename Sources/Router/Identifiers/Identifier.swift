/// A record's name: 16 bytes inside; as text a prefix that says the kind, then 26 characters that sort by time of creation
/// (ULID).
///
/// Identifiers are opaque to callers.
public struct Identifier<Kind: IdentifierKind>: Sendable, Hashable, CustomStringConvertible {
    private let ulid: ULID

    /// A new one, which sorts after all that were made in earlier milliseconds.
    public init(at moment: Moment, from random: some RandomSource) { ulid = ULID(at: moment, from: random) }

    /// How many characters the text has.
    package static var textLength: Int { Kind.prefix.utf8CodeUnitCount + 1 + ULID.textLength }

    /// Reads an identifier; `nil` if the prefix or form is wrong.
    public init?(_ text: String) {
        let bytes = text.utf8
        let length = Kind.prefix.utf8CodeUnitCount
        guard bytes.count == length + 1 + ULID.textLength, text.hasPrefix("\(Kind.prefix)_"),
            let ulid = ULID(bytes.dropFirst(length + 1))
        else { return nil }
        self.ulid = ulid
    }

    /// Takes an identifier that this router wrote itself, from its own store.
    ///
    /// - Throws: ``RecordFault`` if the text is none.
    package init(stored text: String) throws(RecordFault) {
        guard let id = Self(text) else { throw RecordFault("a stored id names no \(Kind.prefix)") }
        self = id
    }

    /// An identifier that no record has, for questions about none in particular.
    package static var none: Identifier { Identifier(ULID(high: 0, low: 0)) }

    private init(_ ulid: ULID) { self.ulid = ulid }

    /// The whole identifier, for instance `att_01JD3K...`.
    public var text: String { ulid.text(Kind.prefix) }
    /// The same as ``text``.
    public var description: String { text }
}

/// A kind of record with identifiers of its own.
public protocol IdentifierKind: Sendable {
    /// The prefix without the underscore.
    static var prefix: StaticString { get }
}

/// Kinds of identifiers, each with its prefix.
public enum IdentifierKinds {
    /// An order's lines in the ledger.
    public enum Movement: IdentifierKind {
        /// `mov_...`.
        public static let prefix: StaticString = "mov"
    }
    /// One try to realise an order at one provider.
    public enum Attempt: IdentifierKind {
        /// `att_...`.
        public static let prefix: StaticString = "att"
    }
    /// What an app is told.
    public enum Event: IdentifierKind {
        /// `evt_...`.
        public static let prefix: StaticString = "evt"
    }
    /// An integration of a platform.
    public enum App: IdentifierKind {
        /// `app_...`.
        public static let prefix: StaticString = "app"
    }
    /// Where an app wants to be told.
    public enum WebhookEndpoint: IdentifierKind {
        /// `whe_...`.
        public static let prefix: StaticString = "whe"
    }
    /// One HTTP request to the router.
    public enum Request: IdentifierKind {
        /// `req_...`.
        public static let prefix: StaticString = "req"
    }
    /// A purse of the platform's own.
    public enum Wallet: IdentifierKind {
        /// `wal_...`.
        public static let prefix: StaticString = "wal"
    }
    /// A notification from an operator, kept until it is applied.
    public enum Inbox: IdentifierKind {
        /// `inb_...`.
        public static let prefix: StaticString = "inb"
    }
    /// Somebody who has an account on the platform.
    public enum Account: IdentifierKind {
        /// `acc_...`.
        public static let prefix: StaticString = "acc"
    }
    /// A one-time code or key, and what it allows.
    public enum Challenge: IdentifierKind {
        /// `otc_...`.
        public static let prefix: StaticString = "otc"
    }
    /// A bill.
    public enum Bill: IdentifierKind {
        /// `bill_...`.
        public static let prefix: StaticString = "bill"
    }
}

/// Names an order's lines in the ledger.
public typealias MovementID = Identifier<IdentifierKinds.Movement>
/// Names an attempt, for us and its app: `att_...`; operators see its derived reference instead.
public typealias AttemptID = Identifier<IdentifierKinds.Attempt>
/// Names an event: `evt_...`, and `webhook-id` of its deliveries.
public typealias EventID = Identifier<IdentifierKinds.Event>
/// Names an app: `app_...`.
public typealias AppID = Identifier<IdentifierKinds.App>
/// Names a webhook endpoint: `whe_...`.
public typealias WebhookEndpointID = Identifier<IdentifierKinds.WebhookEndpoint>
/// Names one HTTP request to the router: `req_...`, in the header `Request-Id`.
public typealias RequestID = Identifier<IdentifierKinds.Request>
/// Names a wallet: `wal_...`.
public typealias WalletID = Identifier<IdentifierKinds.Wallet>
/// Names an account of a person: `acc_...`.
public typealias AccountID = Identifier<IdentifierKinds.Account>
/// Names a challenge: `otc_...`.
public typealias ChallengeID = Identifier<IdentifierKinds.Challenge>
/// Names a bill: `bill_...`.
public typealias BillID = Identifier<IdentifierKinds.Bill>
/// Names one message from an operator.
public typealias InboxID = Identifier<IdentifierKinds.Inbox>

extension Identifier where Kind == IdentifierKinds.Event {
    /// The name of an order's event: its moment, then the order's own bits and the event's number.
    ///
    /// It needs no index of its own beside its order, and events of one moment sort by number.
    package init(at moment: Moment, of order: OrderID, number: Int64) {
        ulid = order.ulid.numbered(UInt64(max(0, number)), at: moment)
    }

    /// The name of the event that was numbered `count` later in the same step.
    package func advanced(by count: Int) -> EventID { Identifier(ulid.advanced(by: UInt64(max(0, count)))) }

    /// A name before those of all events of a moment, and behind those of earlier ones.
    package static func first(at moment: Moment) -> EventID { Identifier(ULID.first(at: moment)) }

    /// A name as of an event that was numbered `count` earlier, for looking behind it.
    package func before(_ count: Int) -> EventID { Identifier(ulid.before(UInt64(max(0, count)))) }

    /// How much later in the same step it was numbered than another event; `nil` if it was not.
    package func distance(from other: EventID) -> Int? { ulid.distance(from: other.ulid) }
}

extension Identifier {
    /// The millisecond in which it was made, as the identifier itself says.
    package var madeAt: Moment { ulid.moment }

    /// Sixteen bytes that sort like the text.
    package var bytes: [UInt8] { ulid.bytes }

    /// Reads ``bytes``.
    ///
    /// - Throws: ``RecordFault`` if they are no sixteen.
    package init(stored bytes: [UInt8]) throws(RecordFault) {
        guard let ulid = ULID(bytes: bytes) else { throw RecordFault("a stored id names no \(Kind.prefix)") }
        self.ulid = ulid
    }
}

extension Identifier where Kind == IdentifierKinds.Movement {
    /// The name of an order's movement: an order has one.
    package init(of order: OrderID) { ulid = order.ulid }
}
