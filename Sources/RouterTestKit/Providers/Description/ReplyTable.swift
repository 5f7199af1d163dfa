public import Router

/// What an operator answers in one phase of one operation: every reply it lists, and where a reply states what it did.
///
/// Everything that no row lists is attacked and must prove nothing, so the table is written from the operator's document and
/// not from the provider.
public struct ReplyTable: Sendable {
    /// The replies that the operator lists; at least one of them good.
    public var rows: [Row]
    /// Pointers (`/data/0/status`) of the members that decide what a reply means; besides the status, nothing else does.
    public var codes: [String]
    /// Where an executed reply states the amount.
    public var amount: Place
    /// Where it states the currency.
    public var currency: Place
    /// Where it repeats our reference.
    public var reference: Place
    /// Turns a status and a body into a reply; for operators that sign their answers, or do not speak JSON.
    public var seal: @Sendable (_ status: Int, _ body: JSONValue?) -> WireReply
    /// Which of a check's questions this table answers, where it asks more than one; the others are answered by the
    /// description's ``OperationDescription/questions``.
    public var answers: @Sendable (WireRequest) -> Bool

    /// Every place must be given: where a reply states nothing of a fact, that is said with ``Place/omitted``.
    public init(
        codes: [String], amount: Place, currency: Place, reference: Place, rows: [Row],
        answers: @escaping @Sendable (WireRequest) -> Bool = { _ in true },
        seal: @escaping @Sendable (_ status: Int, _ body: JSONValue?) -> WireReply = ReplyTable.plain
    ) {
        self.rows = rows
        self.codes = codes
        self.amount = amount
        self.currency = currency
        self.reference = reference
        self.answers = answers
        self.seal = seal
    }

    /// A table of replies that state nothing of a movement: logins, balances, accounts, pages taken back.
    public init(
        codes: [String] = [], rows: [Row], answers: @escaping @Sendable (WireRequest) -> Bool = { _ in true },
        seal: @escaping @Sendable (_ status: Int, _ body: JSONValue?) -> WireReply = ReplyTable.plain
    ) {
        self.init(
            codes: codes, amount: .omitted, currency: .omitted, reference: .omitted, rows: rows, answers: answers,
            seal: seal)
    }

    /// A JSON body as it is, or none.
    @Sendable public static func plain(_ status: Int, _ body: JSONValue?) -> WireReply {
        WireReply(status: status, body: body?.serialized() ?? [])
    }

    /// Where replies state a fact.
    public enum Place: Sendable, Hashable {
        /// At each of these pointers; those that a row does not have are not tried in it.
        case every([String])
        /// Nowhere: the operator states none.
        case omitted

        /// Where every row states it at one pointer.
        public static func at(_ place: String) -> Place { .every([place]) }
    }

    /// One listed reply.
    public struct Row: Sendable {
        /// What a kind must read in it.
        public var meaning: Meaning
        /// The HTTP status it usually comes with.
        public var status: Int
        /// Other statuses with which it means the same.
        public var alsoWith: Set<Int>
        /// Its body; `nil` for none.
        public var body: JSONValue?
        /// Pointers among the table's codes that do not matter in this row, whatever stands there.
        public var whatever: Set<String>

        /// `whatever` names members whose value must not matter; `alsoWith` further statuses of the same meaning.
        public init(
            _ meaning: Meaning, _ status: Int, alsoWith: Set<Int> = [], _ body: JSONValue?, whatever: Set<String> = []
        ) {
            self.meaning = meaning
            self.status = status
            self.alsoWith = alsoWith
            self.body = body
            self.whatever = whatever
        }

        /// The same with status 200.
        public init(
            _ meaning: Meaning, alsoWith: Set<Int> = [], _ body: JSONValue?, whatever: Set<String> = []
        ) {
            self.init(meaning, 200, alsoWith: alsoWith, body, whatever: whatever)
        }
    }

    /// What a listed reply means.
    public enum Meaning: String, Sendable, Hashable {
        /// Done as asked. For a login: a token; for a balance or an account: told; for a page: over, and nothing paid.
        case executed
        /// Taken, and its end is open.
        case pending
        /// Refused for good: nothing was and will be executed.
        case refused
        /// Refused, but it may turn, or needs a check.
        case refusedForNow = "refused for now"
        /// Proves nothing.
        case unclear
        /// Asked properly, the operator knows no such transaction; for an account: nobody's.
        case absent
        /// The operator shows its object, and that nothing was tried on it.
        case untried
    }
}
