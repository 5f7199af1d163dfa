import Router
import Testing

@Suite struct MSISDNTests {
    @Test(arguments: [
        "+228 90 11 22 33", "+22890112233", "0022890112233", "00 228 90-11-22-33", "22890112233", "+228 (90) 11.22.33",
        "  +22890112233", "228 90112233", "+228\u{A0}90\u{A0}11\u{A0}22\u{A0}33", "+22890112233 ",
    ])
    func readsInternationalSpellings(_ text: String) throws {
        let phone = try MSISDN(parsing: text)
        #expect(phone.international == "22890112233")
        #expect(phone.e164 == "+22890112233")
        #expect(phone.countryCode == "TG")
        #expect(phone.national == "90112233")
    }

    @Test(arguments: ["90112233", "90 11 22 33", "90-11-22-33", " 90112233"])
    func readsNationalSpellingsWithACountry(_ text: String) throws {
        #expect(try MSISDN(parsing: text, defaultCountry: "TG").international == "22890112233")
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: text) }
    }

    @Test func internationalSpellingsOverruleTheDefaultCountry() throws {
        #expect(try MSISDN(parsing: "+22890112233", defaultCountry: "TN").countryCode == "TG")
        #expect(try MSISDN(parsing: "0022890112233", defaultCountry: "BJ").countryCode == "TG")
        #expect(try MSISDN(parsing: "22890112233", defaultCountry: "TN").countryCode == "TG")
    }

    @Test(arguments: ["BJ", "CI"])
    func keepsLeadingZerosOfNationalNumbers(_ country: String) throws {
        let phone = try MSISDN(parsing: "01 95 12 34 56", defaultCountry: country)
        #expect(phone.national == "0195123456")
        #expect(phone.countryCode == country)
        #expect(phone.international.hasSuffix("0195123456"))
    }

    @Test(arguments: [
        "", "abc", "+228 90 11 22 3x", "+228/90112233", "++22890112233", "228+90112233", "\u{FF0B}22890112233",
        "+228\u{FF19}0112233", "+228 90\n11 22 33", "+22890112233;ext=1", "tel:+22890112233",
    ])
    func refusesOtherCharacters(_ text: String) {
        let error = #expect(throws: MSISDNError.self) { try MSISDN(parsing: text) }
        #expect(error == .notDigits || (text.isEmpty && error == .unknownCountry))
    }

    @Test func refusesUnknownCountries() {
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: "+33612345678") }
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: "90112233", defaultCountry: "FR") }
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: "+") }
    }

    @Test func refusesMoreThanFifteenDigits() {
        #expect(throws: MSISDNError.tooLong) { try MSISDN(parsing: "+2289011223344556") }
    }

    @Test func refusesTheOldBeninNumbersOfEightDigits() {
        #expect(throws: MSISDNError.wrongLength(country: "BJ", expected: [10])) {
            try MSISDN(parsing: "+229 95 12 34 56")
        }
    }

    @Test func errorsSayWhatWouldBeRight() {
        #expect(MSISDNError.wrongLength(country: "TG", expected: [8]).description.contains("8 digits"))
        #expect(MSISDNError.unknownCountry.description.contains("TG"))
        #expect(!MSISDNError.notDigits.description.isEmpty)
        #expect(!MSISDNError.tooLong.description.isEmpty)
    }
}
