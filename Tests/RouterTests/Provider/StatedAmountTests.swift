import Router
import RouterTestKit
import Testing

@Suite("Stated amounts")
struct StatedAmountTests {
    static let read: [(text: String, decimals: Int, units: Int64)] = [
        ("5000", 0, 5_000), ("0", 0, 0), ("5000.0", 0, 5_000), ("5000.00", 0, 5_000), ("0.0", 0, 0),
        ("1." + String(repeating: "0", count: 10_000), 0, 1), ("9223372036854775807", 0, .max),
        ("9223372036854775807.000", 0, .max), ("5.000", 0, 5),
        ("12", 2, 1_200), ("12.5", 2, 1_250), ("12.50", 2, 1_250), ("12.500", 2, 1_250), ("0.01", 2, 1),
        ("0.00", 2, 0), ("10.00", 2, 1_000), ("92233720368547758.07", 2, .max), ("1.25", 3, 1_250),
        ("1.250", 3, 1_250), ("1.2500", 3, 1_250), ("0.001", 3, 1), ("5000.00", 2, 500_000),
    ]

    static let unreadable: [(text: String, decimals: Int)] = [
        ("5000.5", 0), ("5000.01", 0), ("5000.001", 2), ("12.505", 2), ("1.2501", 3), ("4999.9999999999999999", 0),
        ("5000.0000000000000000000001", 0), ("1." + String(repeating: "0", count: 10_000) + "1", 0),
        ("", 0), (".", 0), ("5000.", 0), (".0", 0), (".5", 2), ("0.", 2), ("1.2.0", 2), ("5000..0", 0), ("5000.0.0", 0),
        ("05000", 0), ("00", 0), ("00.5", 2), ("05000.0", 0), ("01.00", 2),
        ("5e3", 0), ("5E3", 0), ("5.0e3", 0), ("5000e0", 0), ("5000.0e0", 0), ("0e0", 0), ("50e-1", 2),
        ("-1", 0), ("-0", 0), ("-0.0", 0), ("+5000", 0), ("-5000.00", 2), ("\u{2212}5000", 0),
        (" 5000", 0), ("5000 ", 0), ("5000\n", 0), ("5000.0 ", 0), ("5 000", 0), ("5\u{A0}000", 0), ("5\u{202F}000", 0),
        ("5,000", 0), ("5,000.00", 2), ("5.000,00", 2), ("5000,0", 0), ("5'000", 0), ("5_000", 0),
        ("0x1388", 0), ("Infinity", 0), ("NaN", 0), ("5000 XOF", 0), ("XOF 5000", 0), ("5000.0\u{0}", 0),
        ("\u{665}\u{660}\u{660}\u{660}", 0), ("\u{FF15}\u{FF10}\u{FF10}\u{FF10}", 0), ("5000\u{301}", 0),
        ("5000\u{66B}0", 0), ("\u{FEFF}5000", 0),
        ("9223372036854775808", 0), ("92233720368547758.08", 2), ("92233720368547759", 2), ("9300000000000000000", 3),
        (String(repeating: "9", count: 10_000), 0), ("18446744073709556616", 0), ("18446744073709556616.0", 0),
    ]

    @Test(arguments: read)
    func `digits, and zeros behind what the currency allows, are one exact amount`(
        text: String, decimals: Int, units: Int64
    ) {
        #expect(StatedAmount(.string(text), decimals: decimals) == .units(units))
        #expect(StatedAmount(.number(text), decimals: decimals) == .units(units))
    }

    @Test(arguments: unreadable)
    func `everything else is no amount`(text: String, decimals: Int) {
        #expect(StatedAmount(.string(text), decimals: decimals) == .unreadable)
        #expect(StatedAmount(.number(text), decimals: decimals) == .unreadable)
    }

    @Test
    func `what states nothing is absent, what is no number is unreadable`() {
        #expect(StatedAmount(nil) == .absent && StatedAmount(.null) == .absent)
        for value: JSONValue in [true, false, [], [5_000], [:], ["amount": 5_000]] {
            #expect(StatedAmount(value) == .unreadable)
            #expect(StatedAmount(behindMinus: value) == .unreadable)
        }
        #expect(StatedAmount(behindMinus: nil) == .absent && StatedAmount(behindMinus: .null) == .absent)
    }

    @Test
    func `an amount that is written with a minus sign has one`() {
        for text in ["-5000", "-5000.0", "-5000.00"] {
            #expect(StatedAmount(behindMinus: .string(text)) == .units(5_000))
            #expect(StatedAmount(behindMinus: .number(text)) == .units(5_000))
        }
        let others = [
            "5000", "-0", "-0.0", "--5000", "-+5000", "- 5000", "-5000.5", "-05000", "-", "", "+5000", "-5e3",
        ]
        for text in others { #expect(StatedAmount(behindMinus: .string(text)) == .unreadable, "\(text)") }
        #expect(StatedAmount(behindMinus: .number("-9223372036854775808")) == .unreadable)
    }

    @Test
    func `every amount that is written out is read back, whatever zeros follow`() throws {
        for currency in [Currency.xof, .usd, .thb, .tnd] {
            for units: Int64 in [0, 1, 9, 10, 99, 100, 999, 1_000, 5_000, 123_456_789, .max] {
                let text = Money(units, currency).decimalText
                for zeros in ["", "0", "000000"] {
                    let longer = zeros.isEmpty ? text : text.contains(".") ? text + zeros : text + "." + zeros
                    let stated = StatedAmount(.string(longer), decimals: currency.exponent)
                    #expect(stated == .units(units), "\(longer) \(currency)")
                    let other = (text.contains(".") ? text : text + ".") + zeros + "1"
                    #expect(StatedAmount(.string(other), decimals: currency.exponent) == .unreadable, "\(other)")
                }
            }
        }
    }

    @Test
    func `a statement carries the amount, or that there is one that cannot be read`() {
        #expect(ReportedTransaction(of: .units(5), .xof) == ReportedTransaction(minorUnits: 5, currency: .xof))
        #expect(ReportedTransaction(of: .unreadable) == ReportedTransaction(amount: .unreadable))
        #expect(ReportedTransaction(of: .absent) == ReportedTransaction())
    }
}
