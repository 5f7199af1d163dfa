import Router
import RouterTestKit
import Testing

@testable import Host

/// What a typed text can be.
@Suite struct SearchTermTests {
    private let context = SearchTerm.Context(countries: ["TG"], currencies: [.xof, .eur])
    private static let order = OrderID(known: "pay_01JD3K0000PPPPPPPPPPPPPPPP")

    private func names(_ text: String) -> [String] {
        var seen: Set<String> = []
        return SearchTerm.all(in: text, context).map(\.name).filter { seen.insert($0).inserted }
    }

    @Test(arguments: [
        "pay_01JD3K0000PPPPPPPPPPPPPPPP", "  pay_01jd3k0000pppppppppppppppp ", "PAY-01JD3K0000PPPPPPPPPPPPPPPP",
        "pay 01JD 3K00 00PP PPPP PPPP PPPP PP", "pay_OIJD3KOOOOPPPPPPPPPPPPPPPP", "pay_0ljd3k0000pppppppppppppppp",
    ])
    func `an identifier is read whatever its spelling`(_ text: String) {
        #expect(SearchTerm.all(in: text, context) == [.order(Self.order)])
    }

    @Test(arguments: [
        ("po_01JD3K0000PPPPPPPPPPPPPPPP", "id"), ("re_01JD3K0000PPPPPPPPPPPPPPPP", "id"),
        ("cap_01JD3K0000PPPPPPPPPPPPPPPP", "id"), ("void_01JD3K0000PPPPPPPPPPPPPPPP", "id"),
        ("tr_01JD3K0000PPPPPPPPPPPPPPPP", "id"), ("req_01JD3K0000PPPPPPPPPPPPPPPP", "request_id"),
        ("evt_01JD3K0000PPPPPPPPPPPPPPPP", "event"),
    ])
    func `the beginning says what an identifier is of`(_ text: String, _ name: String) {
        #expect(names(text) == [name])
    }

    @Test func `an identifier without its beginning can be of anything`() {
        #expect(Array(names("01JD3K0000PPPPPPPPPPPPPPPP").prefix(3)) == ["id", "request_id", "event"])
        #expect(names("01JD3K0000PPPPPPPPPPPPPPPP").contains("reference"))
    }

    @Test(arguments: [
        ("+228 90 11 22 33", ["phone"]), ("0022890112233", ["phone"]), ("90112233", ["phone", "amount"]),
        ("5000", ["amount"]), ("5 000 XOF", ["amount"]), ("eur 12,50", ["amount"]), ("cart=17", ["metadata"]),
        ("order id: 17", []), ("order_id: 17", ["metadata"]), ("TM1795950273", []), ("CMD-100001", []),
    ])
    func `a text is everything that it can be`(_ text: String, _ expected: [String]) {
        let always = ["reference", "operator_reference", "our_reference", "idempotency_key"]
        #expect(names(text) == expected + always, "\(text)")
    }

    @Test(arguments: ["", "   ", "\u{200B}", "\n\t", String(repeating: "x", count: 256)])
    func `nothing is looked for where nothing can be meant`(_ text: String) {
        #expect(SearchTerm.all(in: text, context).isEmpty)
    }

    @Test func `references are looked for in every spelling, once each`() {
        let terms = SearchTerm.all(in: " Cmd  17 ", context)
        #expect(
            terms.compactMap { if case .reference(let text) = $0 { text } else { nil } } == [
                "Cmd 17", "CMD 17", "cmd 17", "Cmd17", "CMD17", "cmd17",
            ])
        #expect(
            terms.compactMap { if case .operatorReference(let text) = $0 { text } else { nil } } == [
                "Cmd17", "CMD17", "cmd17",
            ])
    }

    @Test(arguments: [
        ("5000", [5_000 as Int64]), ("5 000", [5_000]), ("5\u{202F}000", [5_000]), ("5'000", [5_000]),
        ("5.000", [5_000]),
        ("5,000", [5_000]), ("0", []), ("1.2.3", []), ("١٢", [12]), ("05000", [5_000]), ("5.5", []), ("12.", []),
    ])
    func `an amount of a currency without parts`(_ text: String, _ units: [Int64]) {
        #expect(TypedMoney.all(in: text, [.xof]) == units.map { Money($0, .xof) })
    }

    @Test func `a comma or a dot is what it can be`() {
        #expect(TypedMoney.all(in: "12,50", [.eur]) == [Money(1_250, .eur)])
        #expect(TypedMoney.all(in: "1.250,00 EUR", []) == [Money(125_000, .eur)])
        #expect(TypedMoney.all(in: "1,250.00", [.eur]) == [Money(125_000, .eur)])
        #expect(TypedMoney.all(in: "1.250", [.tnd]) == [Money(1_250, .tnd), Money(1_250_000, .tnd)])
        #expect(TypedMoney.all(in: "12.50 XYZ", [.eur]).isEmpty)
        #expect(TypedMoney.all(in: "EURO 5", [.eur]).isEmpty)
    }
}
