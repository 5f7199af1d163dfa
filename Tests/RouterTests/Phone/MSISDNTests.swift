import Router
import Testing

@Suite struct MSISDNTests {
    @Test(arguments: [
        "+228 90 11 22 33", "+22890112233", "0022890112233", "00 228 90-11-22-33", "22890112233", "+228 (90) 11.22.33",
        "  +22890112233", "228 90112233", "+228\u{A0}90\u{A0}11\u{A0}22\u{A0}33", "+22890112233 ",
    ])
    func `reads international spellings`(_ text: String) throws {
        let phone = try MSISDN(parsing: text)
        #expect(phone.international == "22890112233")
        #expect(phone.e164 == "+22890112233")
        #expect(phone.countryCode == "TG")
        #expect(phone.callingCode == "228")
        #expect(phone.national == "90112233")
        #expect(phone.hasPlan)
    }

    @Test(arguments: ["90112233", "90 11 22 33", "90-11-22-33", " 90112233"])
    func `reads national spellings with a country`(_ text: String) throws {
        #expect(try MSISDN(parsing: text, defaultCountry: "TG").international == "22890112233")
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: text) }
    }

    @Test(arguments: [
        ("0712 345 678", "KE", "254712345678"), ("712345678", "KE", "254712345678"),
        ("06 12 34 56 78", "FR", "33612345678"),
        ("(0) 24 123 4567", "GH", "233241234567"), ("0803 123 4567", "NG", "2348031234567"),
        ("0812 3456 789", "ID", "628123456789"), ("081-234-5678", "TH", "66812345678"),
        ("066 12 34 56", "GA", "24166123456"),
    ])
    func `reads the zero that is dialled within a country`(_ text: String, _ country: String, _ expected: String) throws
    {
        #expect(try MSISDN(parsing: text, defaultCountry: country).international == expected)
    }

    @Test func `international spellings overrule the default country`() throws {
        #expect(try MSISDN(parsing: "+22890112233", defaultCountry: "TN").countryCode == "TG")
        #expect(try MSISDN(parsing: "0022890112233", defaultCountry: "BJ").countryCode == "TG")
        #expect(try MSISDN(parsing: "22890112233", defaultCountry: "TN").countryCode == "TG")
        // Eleven digits are a length of Indonesian numbers, but none of them begins so.
        #expect(try MSISDN(parsing: "22890112233", defaultCountry: "ID").countryCode == "TG")
    }

    @Test func `a landline at home is no mobile number abroad`() {
        #expect(throws: MSISDNError.landline(country: "ID")) { try MSISDN(parsing: "2162012345", defaultCountry: "ID") }
    }

    @Test(arguments: ["BJ", "CI"])
    func `keeps leading zeros of national numbers`(_ country: String) throws {
        let phone = try MSISDN(parsing: "01 95 12 34 56", defaultCountry: country)
        #expect(phone.national == "0195123456")
        #expect(phone.countryCode == country)
        #expect(phone.international.hasSuffix("0195123456"))
    }

    @Test func `reads a zero in brackets`() throws {
        #expect(try MSISDN(parsing: "+33 (0)6 12 34 56 78").international == "33612345678")
        #expect(try MSISDN(parsing: "0033 (0) 6 12 34 56 78").international == "33612345678")
        #expect(try MSISDN(parsing: "+228 (0)90 11 22 33").international == "22890112233")
        // In Ivory Coast the zero is a part of the number.
        #expect(try MSISDN(parsing: "+225 (0)7 12 34 56 78").international == "2250712345678")
        #expect(try MSISDN(parsing: "+49 (0)151 12345678").international == "4915112345678")
    }

    @Test(arguments: [
        "", "abc", "+228 90 11 22 3x", "++22890112233", "228+90112233", "+22890112233;ext=1", "tel:+22890112233;ext=1",
        "tel:", "+228 90,11,22,33", "+228_90112233", "+228 90 11 22 33 \u{1F600}", "tel:+228%9",
    ])
    func `refuses other characters`(_ text: String) {
        let error = #expect(throws: MSISDNError.self) { try MSISDN(parsing: text) }
        #expect(error == .notDigits || (["", "tel:"].contains(text) && error == .unknownCountry))
    }

    @Test func `refuses more than fifteen digits`() {
        #expect(throws: MSISDNError.tooLong) { try MSISDN(parsing: "+2289011223344556") }
        #expect(throws: MSISDNError.tooLong) { try MSISDN(parsing: "+491511234567890123") }
        #expect(throws: MSISDNError.tooLong) { try MSISDN(parsing: String(repeating: "9", count: 100_000)) }
    }

    @Test func `the old benin numbers of eight digits are answered with the new one`() throws {
        let now = try MSISDN(parsing: "+229 01 95 12 34 56")
        for (text, country) in [("+229 95 12 34 56", nil), ("95123456", "BJ"), ("22995123456", nil)]
            as [(String, String?)]
        {
            let error = #expect(throws: MSISDNError.renumbered(now)) {
                try MSISDN(parsing: text, defaultCountry: country)
            }
            #expect(error?.answer.contains("+2290195123456") == true)
            #expect(error?.description.contains("0195123456") == false)
        }
        #expect(throws: MSISDNError.landline(country: "BJ")) { try MSISDN(parsing: "+229 21 12 34 56") }
        #expect(throws: MSISDNError.wrongLength(country: "BJ", expected: [10])) {
            try MSISDN(parsing: "+229 95 12 34 5")
        }
    }

    @Test(arguments: [
        ("+228 22 21 12 34", MSISDNError.landline(country: "TG")), ("+33 1 23 45 67 89", .landline(country: "FR")),
        ("+66 2 123 4567", .landline(country: "TH")), ("+228 95 11 22 33", .unassigned(country: "TG")),
        ("+228 11 11 22 33", .unassigned(country: "TG")), ("+225 02 12 34 56 78", .unassigned(country: "CI")),
        ("+33 800 123 456", .unassigned(country: "FR")), ("+210 1234567", .notInUse), ("+49 12", .notInUse),
        ("+", .notInUse), ("+0", .notInUse),
    ])
    func `refuses landlines and numbers that cannot exist`(_ text: String, _ expected: MSISDNError) {
        let error = #expect(throws: MSISDNError.self) { try MSISDN(parsing: text) }
        #expect(error == expected)
    }

    @Test(arguments: [
        ("+4915112345678", "DE", "49"), ("+12025550123", "US", "1"), ("0044 7400 123456", "GB", "44"),
        ("+358 41 2345678", "FI", "358"), ("+393123456789", "IT", "39"), ("+870773111632", "001", "870"),
    ])
    func `numbers of countries without a plan are taken as they are`(
        _ text: String, _ country: String, _ code: String
    ) throws {
        let phone = try MSISDN(parsing: text)
        #expect((phone.countryCode, phone.callingCode) == (country, code))
        #expect(!phone.hasPlan)
        #expect(phone.carrierHint == nil)
        #expect(phone.masked.hasPrefix("+\(code)***"))
        // Without a plus nobody knows that it is international.
        let bare = String(phone.international)
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: bare) }
    }

    @Test(arguments: ["+378282246310005", "0030569309025904", "+3782 822463 10005"])
    func `a card number is no phone number`(_ text: String) {
        #expect(throws: MSISDNError.cardNumber) { try MSISDN(parsing: text) }
    }

    @Test func `countries without a plan are no default`() {
        #expect(throws: MSISDNError.unknownCountry) { try MSISDN(parsing: "15112345678", defaultCountry: "DE") }
    }

    @Test func `errors say what would be right`() throws {
        #expect(MSISDNError.wrongLength(country: "TG", expected: [8]).description.contains("8 digits"))
        #expect(MSISDNError.unknownCountry.description.contains("TG"))
        #expect(MSISDNError.landline(country: "TG").description.contains("landline"))
        let all: [MSISDNError] = [.notDigits, .tooLong, .unassigned(country: "TG"), .notInUse, .cardNumber]
        #expect(all.allSatisfy { !$0.description.isEmpty && $0.description == $0.answer })
    }
}
