import Router
import Synchronization

/// Random records from a seed: every optional field sometimes absent, every enumeration in every case, texts with the
/// characters that break careless code.
struct RecordFactory: Sendable {
    let random: SeededRandom
    /// The moment that made-up moments lie around.
    let base = Moment(milliseconds: 1_790_000_000_000)

    init(seed: UInt64) { random = SeededRandom(seed) }

    func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(random.next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    func flip() -> Bool { random.next() & 1 == 0 }

    func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }

    func sometimes<Value>(_ value: @autoclosure () -> Value) -> Value? { flip() ? value() : nil }

    func several<Value>(_ range: ClosedRange<Int>, _ value: () -> Value) -> [Value] {
        (0..<number(range)).map { _ in value() }
    }

    func text() -> String {
        let pieces = [
            "plain", "with \"quotes\"", "it's", "back\\slash", "line\nbreak", "tab\t", "\u{1}\u{7F}", "ünïcödé", "日本語",
            "🇹🇬", "e\u{301}", "%_*?", "$1", "{\"a\":1}", "", " ", String(repeating: "long ", count: 50),
        ]
        return several(0...3) { pick(pieces) }.joined()
    }

    func bytes(_ range: ClosedRange<Int> = 0...64) -> [UInt8] {
        several(range) { UInt8(truncatingIfNeeded: random.next()) }
    }

    /// Bytes that are sometimes text and sometimes are not.
    func body() -> [UInt8] { flip() ? Array(text().utf8) : bytes(0...300) }

    func moment() -> Moment { base.adding(milliseconds: Int64(number(-10_000_000...10_000_000))) }

    func money() -> Money {
        Money(pick([0, 1, 5_000, 1_250, 99_999_999, Int64.max]), pick([.xof, .tnd, .usd, .eur]))
    }

    func id(_ kind: OrderKind = .payment) -> OrderID { OrderID(kind, at: moment(), from: random) }
    func id<Kind: IdentifierKind>() -> Identifier<Kind> { Identifier(at: moment(), from: random) }

    func provider() -> ProviderID { pick(["tmoney-tg", "paygate-tg", "flouci-tn", "card-main"]) }

    func channel() -> PaymentChannel { pick(["tmoney", "flooz", "flouci", "card"]) }

    func environment() -> PayEnvironment { pick(PayEnvironment.allCases) }

    func candidate() -> Candidate { Candidate(provider: provider(), channel: channel()) }

    func phone() -> MSISDN? {
        try? MSISDN(parsing: "+22890" + String(1_000_000 + number(0...899_999)).suffix(6))
    }

    func header() -> WireRequest.Header { WireRequest.Header(text(), text()) }

    func action() -> CustomerAction {
        switch number(0...5) {
        case 0: .approveOnPhone(hint: sometimes(text()))
        case 1: .redirect(url: text())
        case 2: .showQR(content: text())
        case 3: .submitForm(url: text(), fields: several(0...3) { header() })
        case 4: .enterCode(length: sometimes(number(4...8)))
        default: .wait
        }
    }

    func refusal() -> Refusal {
        Refusal(pick(RefusalReason.allCases), providerCode: sometimes(text()), isDefinitive: flip(), needsCheck: flip())
    }

    func json() -> JSONValue {
        [
            "why": .string(text()), "kept": .bool(flip()), "number": .number("1.50"), "none": .null,
            "nested": ["list": .array(several(0...3) { .string(text()) })],
        ]
    }
}
