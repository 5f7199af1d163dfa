import Router
import Testing

@Suite struct NumberingPlanTests {
    @Test func namesTheCarrierOfEveryPrefixOfTheFixture() throws {
        let rows = try Fixture.rows("numbering-plan.tsv")
        #expect(rows.count == 214)
        let prefixes = Dictionary(grouping: rows, by: { $0[0] }).mapValues { Set($0.map { $0[4] }) }
        for row in rows {
            let (country, prefix, length) = (row[0], row[4], try #require(Int(row[3])))
            // Filled up so that no longer prefix of the same country matches instead.
            let fillers = (0...9).map { prefix + String(repeating: String($0), count: length - prefix.count) }
            let longer = (prefixes[country] ?? []).filter { $0.count > prefix.count && $0.hasPrefix(prefix) }
            let number = try #require(fillers.first { filler in !longer.contains { filler.hasPrefix($0) } })
            let phone = try MSISDN(parsing: number, defaultCountry: country)
            let carrier = try #require(phone.carrierHint, "\(country) \(prefix)")
            #expect(carrier.operator == row[5], "\(country) \(prefix)")
            #expect(carrier.wallet ?? "-" == row[6], "\(country) \(prefix)")
        }
    }

    @Test func countriesHaveTheFactsOfTheFixture() throws {
        let plan = NumberingPlan.builtIn
        for row in try Fixture.rows("numbering-plan.tsv") {
            let country = try #require(plan.country(code: row[0]))
            #expect(country.callingCode == row[1])
            #expect(country.currency == row[2])
            #expect(country.nationalLengths.map(String.init).joined(separator: ",") == row[3])
            #expect(try MSISDN(parsing: "+" + row[1] + row[7]).countryCode == row[0])
        }
        #expect(plan.countries.count == 11)
    }

    @Test func everyCountryPaysInAKnownCurrency() {
        #expect(NumberingPlan.builtIn.countries.allSatisfy { Currency(code: $0.currency) != nil && !$0.name.isEmpty })
    }

    @Test func refusesOneDigitTooFewOrTooManyInEveryCountry() {
        for country in NumberingPlan.builtIn.countries {
            for length in country.nationalLengths {
                for wrong in [length - 1, length + 1] where !country.nationalLengths.contains(wrong) {
                    let text = "+" + country.callingCode + String(repeating: "7", count: wrong)
                    #expect(throws: MSISDNError.wrongLength(country: country.code, expected: country.nationalLengths)) {
                        try MSISDN(parsing: text)
                    }
                }
            }
        }
    }

    @Test func thePrefixesOfTogoAreThoseInUse() throws {
        for (prefix, carrier) in [("70", "togocom"), ("93", "togocom"), ("79", "moov"), ("99", "moov")] {
            #expect(try MSISDN(parsing: prefix + "112233", defaultCountry: "TG").carrierHint?.operator == carrier)
        }
        #expect(try MSISDN(parsing: "94112233", defaultCountry: "TG").carrierHint == nil)
    }

    @Test(arguments: [("45123456", "watany"), ("46123456", "ooredoo"), ("44123456", "tunisie-telecom")])
    func theLongestPrefixWins(_ number: String, _ carrier: String) throws {
        #expect(try MSISDN(parsing: number, defaultCountry: "TN").carrierHint?.operator == carrier)
    }

    @Test func unknownCountriesAreUnknown() {
        #expect(NumberingPlan.builtIn.country(code: "tg") == nil)
        #expect(NumberingPlan.builtIn.country(code: "FR") == nil)
    }
}
