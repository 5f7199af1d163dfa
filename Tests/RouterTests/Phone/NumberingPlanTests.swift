import Router
import Testing

@Suite struct NumberingPlanTests {
    @Test func `names the carrier of every prefix of the fixture`() throws {
        let rows = try Fixture.rows("numbering-plan.tsv")
        #expect(rows.count == 1_808)
        let prefixes = Dictionary(grouping: rows, by: { $0[0] }).mapValues { Set($0.map { $0[4] }) }
        for row in rows {
            let (code, prefix) = (row[0], row[4])
            let country = try #require(NumberingPlan.builtIn.country(code: code))
            let length = try #require(country.nationalLengths.last)
            // Filled up so that no longer prefix of the same country matches instead.
            let fillers = (0...9).map { prefix + String(repeating: String($0), count: length - prefix.count) }
            let longer = (prefixes[code] ?? []).filter { $0.count > prefix.count && $0.hasPrefix(prefix) }
            guard let number = fillers.first(where: { filler in !longer.contains { filler.hasPrefix($0) } }) else {
                continue
            }
            let carrier = try #require(country.carrier(ofNational: number), "\(code) \(prefix)")
            #expect(carrier.operator == row[5], "\(code) \(prefix)")
            #expect(carrier.wallet ?? "-" == row[6], "\(code) \(prefix)")
        }
    }

    @Test func `countries have the facts of the fixture`() throws {
        let plan = NumberingPlan.builtIn
        for row in try Fixture.rows("numbering-plan.tsv") {
            let country = try #require(plan.country(code: row[0]))
            #expect(country.callingCode == row[1])
            #expect(country.currency == row[2])
            #expect(country.nationalLengths.map(String.init).joined(separator: ",") == row[3])
            #expect(try MSISDN(parsing: "+" + row[1] + row[7]).countryCode == row[0])
            #expect(try MSISDN(parsing: row[7], defaultCountry: row[0]).national == row[7])
            #expect(country.sampleNumber?.countryCode == row[0])
        }
        #expect(plan.countries.count == 40)
    }

    @Test(arguments: [
        "BJ", "BF", "CD", "CG", "CI", "CM", "FR", "GA", "GH", "GN", "GW", "ID", "KE", "LR", "ML", "MG", "MW", "NE",
        "NG",
        "RW", "SL", "SN", "SZ", "TD", "TG", "TH", "TN", "TZ", "UG", "ZA", "ZM",
    ])
    func `there is a plan where there are wallets`(_ code: String) {
        #expect(NumberingPlan.builtIn.country(code: code) != nil)
    }

    @Test func `every country pays in a known currency`() {
        #expect(NumberingPlan.builtIn.countries.allSatisfy { Currency(code: $0.currency) != nil && !$0.name.isEmpty })
    }

    @Test func `refuses one digit too few or too many in every country`() {
        for country in NumberingPlan.builtIn.countries {
            for length in country.nationalLengths {
                for wrong in [length - 1, length + 1] where !country.nationalLengths.contains(wrong) {
                    let text = "+" + country.callingCode + String(repeating: "7", count: wrong)
                    let error = #expect(throws: MSISDNError.self) { try MSISDN(parsing: text) }
                    // Some countries have landlines of that length.
                    #expect(
                        error == .wrongLength(country: country.code, expected: country.nationalLengths)
                            || error == .landline(country: country.code))
                }
            }
        }
    }

    @Test func `the prefixes of togo are those in use`() throws {
        for (prefix, carrier) in [("70", "togocom"), ("93", "togocom"), ("79", "moov"), ("99", "moov")] {
            #expect(try MSISDN(parsing: prefix + "112233", defaultCountry: "TG").carrierHint?.operator == carrier)
        }
        #expect(throws: MSISDNError.unassigned(country: "TG")) { try MSISDN(parsing: "94112233", defaultCountry: "TG") }
    }

    @Test(arguments: [("45123456", "watany"), ("46123456", "ooredoo"), ("44123456", "tunisie-telecom")])
    func `the longest prefix wins`(_ number: String, _ carrier: String) throws {
        #expect(try MSISDN(parsing: number, defaultCountry: "TN").carrierHint?.operator == carrier)
    }

    @Test func `unknown countries are unknown`() {
        #expect(NumberingPlan.builtIn.country(code: "tg") == nil)
        #expect(NumberingPlan.builtIn.country(code: "DE") == nil)
    }
}
