import Router

/// What becomes of a payment.
enum Fate: Sendable {
    /// The payer paid, as a check found.
    case paid
    /// The answer to its request was lost; a check found that the payer had paid.
    case paidAfterDoubt
    /// Paid, and given back later.
    case refunded
    /// The payer or the operator said no.
    case declined
    /// Nothing could be sent.
    case neverSent
    /// Cancelled before anything was sent.
    case cancelled
    /// The payer is being asked.
    case asked
    /// Nobody knows whether the operator has it.
    case unknown
    /// The same for so long that people have to look.
    case underReview
    /// Begun in a browser; the shop has to accept the amount.
    case unaccepted
    /// The money is held.
    case held

    /// How often each is drawn among payments that have ended.
    static let final: [(Fate, Double)] = [
        (.paid, 78), (.paidAfterDoubt, 2), (.refunded, 3), (.declined, 12), (.neverSent, 2), (.cancelled, 3),
    ]
    /// How often each is drawn among the others.
    static let open: [(Fate, Double)] = [(.asked, 80), (.unknown, 8), (.underReview, 2), (.unaccepted, 5), (.held, 5)]

    /// Whether a provider can take a payment that ends so.
    func suits(_ runtime: ProviderRuntime) -> Bool {
        switch self {
        case .refunded: runtime.provider.can(.refund) || runtime.provider.can(.payout)
        case .held: runtime.provider.can(.authorize)
        default: true
        }
    }
}

/// When payments were made: those that have ended over some days, those that have not within the last minutes, so that no
/// timer of theirs has come when a router starts.
struct Timetable: Sendable {
    let count: Int
    let open: Int
    let until: Moment
    /// How long before, in milliseconds, the first of those that have ended was made.
    private let past: Int64

    private static let recently: Int64 = 240_000

    init(count: Int, openShare: Double, until: Moment, days: Int) {
        self.count = count
        past = Int64(days) * 86_400_000
        self.until = until
        open = Int((Double(count) * openShare).rounded())
    }

    func isOpen(_ number: Int) -> Bool { number >= count - open }

    /// When a payment was made; later numbers are younger.
    func moment(of number: Int) -> Moment {
        let first = until.adding(milliseconds: -Self.recently)
        guard !isOpen(number) else {
            return first.adding(milliseconds: Self.recently * Int64(number - count + open) / Int64(max(1, open)))
        }
        let start = first.adding(milliseconds: -past)
        return start.adding(milliseconds: (past - 3_600_000) / Int64(max(1, count - open)) * Int64(number))
    }
}
