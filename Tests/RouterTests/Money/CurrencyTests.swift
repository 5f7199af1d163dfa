import Router
import Testing

@Suite struct CurrencyTests {
    @Test func `has every currency of the ISO list with its exponent`() throws {
        let rows = try Fixture.rows("iso-4217.tsv")
        #expect(rows.count > 170)
        for row in rows {
            let (code, number) = (row[0], row[1])
            guard let exponent = Int(row[2]) else {
                #expect(Currency(code: code) == nil, "\(code) has no minor unit and must not be usable")
                continue
            }
            let currency = try #require(Currency(code: code), "\(code) is missing")
            #expect(currency.exponent == exponent, "\(code)")
            #expect(currency.numericCode == number, "\(code)")
            #expect(Currency(numericCode: number) == currency, "\(code)")
        }
    }

    @Test func `has nothing but the ISO list`() throws {
        let known = Set(try Fixture.rows("iso-4217.tsv").filter { $0[2] != "-" }.map { $0[0] })
        #expect(Set(Currency.all.map(\.code)) == known)
        #expect(Currency.all.map(\.code) == Currency.all.map(\.code).sorted())
    }

    @Test(arguments: ["xof", "XO", "XOFF", "", "952", "XXX", "ABC", "XOF "])
    func `refuses other codes`(_ code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test(arguments: ["12", "12 ", "XOF", "", "0952", "999"])
    func `refuses other numbers`(_ number: String) {
        #expect(Currency(numericCode: number) == nil)
    }

    @Test(arguments: [Currency.xof, .tnd, .usd, .eur])
    func `named currencies are those of the table`(_ currency: Currency) {
        #expect(Currency(code: currency.code) == currency)
        #expect(currency.description == currency.code)
    }
}
