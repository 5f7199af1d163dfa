import Router
import RouterTestKit
import Testing

@Suite struct MoneyTests {
    private let clf = Currency(code: "CLF") ?? .xof

    @Test(arguments: [
        ("0", Currency.xof, 0), ("5000", .xof, 5_000), ("12.50", .usd, 1_250), ("12.5", .usd, 1_250),
        ("12", .usd, 1_200),
        ("0.01", .usd, 1), ("0.001", .tnd, 1), ("1.250", .tnd, 1_250), ("1.2", .tnd, 1_200), ("0.0", .usd, 0),
        ("9223372036854775807", .xof, Int64.max), ("92233720368547758.07", .usd, Int64.max),
        ("9223372036854775.807", .tnd, Int64.max),
    ])
    func `parses decimals`(_ text: String, _ currency: Currency, _ units: Int64) throws {
        #expect(try Money(decimal: text, currency) == Money(units, currency))
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "-1", "+1", "1e3", "1E3", "1,5", "1 000", " 1", "1 ", "01", "00", "007", "1.2.3", "0x1",
        "1_0",
        "\u{FF11}\u{FF12}", "\u{0661}", "1.\u{FF15}", "\u{2212}1", "NaN", "1\u{0}", "1\u{301}", "1.5\n", "\u{BD}",
    ])
    func `refuses what is not plain digits`(_ text: String) {
        #expect(throws: MoneyError.notDecimal) { try Money(decimal: text, .usd) }
    }

    @Test(arguments: [("1.0", Currency.xof, 0), ("1.000", .usd, 2), ("0.0001", .tnd, 3), ("12.345", .eur, 2)])
    func `refuses more decimals than the currency has`(_ text: String, _ currency: Currency, allowed: Int) {
        #expect(throws: MoneyError.tooManyDecimals(allowed: allowed)) { try Money(decimal: text, currency) }
    }

    @Test(arguments: [
        ("9223372036854775808", Currency.xof), ("92233720368547758.08", .usd), ("9223372036854775807", .usd),
        ("100000000000000000000000", .xof), ("9223372036854775.808", .tnd),
    ])
    func `refuses what does not fit`(_ text: String, _ currency: Currency) {
        #expect(throws: MoneyError.overflow) { try Money(decimal: text, currency) }
    }

    @Test(arguments: [
        (0, Currency.xof, "0"), (5_000, .xof, "5000"), (1, .usd, "0.01"), (10, .usd, "0.10"), (100, .usd, "1.00"),
        (1_250, .tnd, "1.250"), (1, .tnd, "0.001"), (-1, .usd, "-0.01"), (-1_250, .tnd, "-1.250"), (-7, .xof, "-7"),
        (Int64.max, .usd, "92233720368547758.07"), (Int64.min, .usd, "-92233720368547758.08"),
        (Int64.min, .xof, "-9223372036854775808"), (0, .tnd, "0.000"),
    ])
    func `prints exactly the digits of the currency`(_ units: Int64, _ currency: Currency, _ text: String) {
        #expect(Money(units, currency).decimalText == text)
        #expect(Money(units, currency).description == "\(text) \(currency.code)")
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `printed amounts parse back for every currency`(seed: UInt64) throws {
        var random = Seeded(seed)
        for currency in Currency.all {
            for _ in 0..<50 {
                // Every magnitude is as likely as any other.
                let units = Int64.random(
                    in: 0...(Int64.max >> Int64.random(in: 0...62, using: &random)), using: &random)
                let money = Money(units, currency)
                #expect(try Money(decimal: money.decimalText, currency) == money)
            }
        }
    }

    @Test func `four decimals work`() throws {
        #expect(try Money(decimal: "1.2345", clf).minorUnits == 12_345)
        #expect(Money(5, clf).decimalText == "0.0005")
    }

    @Test func `adds and subtracts exactly`() throws {
        #expect(try Money(2, .usd).adding(Money(3, .usd)) == Money(5, .usd))
        #expect(try Money(2, .usd).subtracting(Money(3, .usd)) == Money(-1, .usd))
        #expect(try Money(Int64.max, .usd).subtracting(Money(Int64.max, .usd)) == Money(0, .usd))
    }

    @Test func `never wraps`() {
        #expect(throws: MoneyError.overflow) { try Money(Int64.max, .usd).adding(Money(1, .usd)) }
        #expect(throws: MoneyError.overflow) { try Money(Int64.min, .usd).adding(Money(-1, .usd)) }
        #expect(throws: MoneyError.overflow) { try Money(Int64.min, .usd).subtracting(Money(1, .usd)) }
        #expect(throws: MoneyError.overflow) { try Money(0, .usd).subtracting(Money(Int64.min, .usd)) }
    }

    @Test func `never mixes currencies`() {
        #expect(throws: MoneyError.currencyMismatch) { try Money(1, .usd).adding(Money(1, .eur)) }
        #expect(throws: MoneyError.currencyMismatch) { try Money(1, .usd).subtracting(Money(1, .xof)) }
        #expect(Money(1, .usd) != Money(1, .eur))
    }
}
