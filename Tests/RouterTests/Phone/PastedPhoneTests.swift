import Router
import Testing

/// Numbers as they come out of contact lists, web pages, French typography and other keyboards.
@Suite struct PastedPhoneTests {
    @Test(arguments: [
        "+228\u{202F}90\u{202F}11\u{202F}22\u{202F}33", "+228\u{2011}90\u{2011}11\u{2011}22\u{2011}33",
        "\u{202A}+22890112233\u{202C}", "\u{200E}+22890112233", "\u{200F}+22890112233", "\u{2066}+22890112233\u{2069}",
        "+22890112233\u{200B}", "\u{FEFF}+22890112233", "+228\u{AD}90112233", "+228\u{2060}90112233", "+22890112233\t",
        "+228 90\n11 22 33", "+22890112233\r\n", "+228 90/11/22/33", "+228\\90112233", "+228\u{2044}90112233",
        "\u{FF0B}\u{FF12}\u{FF12}\u{FF18}\u{FF19}\u{FF10}\u{FF11}\u{FF11}\u{FF12}\u{FF12}\u{FF13}\u{FF13}",
        "+228\u{3000}90\u{FF0E}11\u{FF0D}22\u{FF0F}33", "+228\u{FF08}90\u{FF09}112233", "[+228] {90} 11 22 33",
        "+228 \u{2013} 90 \u{2014} 11 \u{2212} 22 \u{2010} 33", "+228\u{B7}90\u{2022}11\u{2024}22\u{3002}33",
        "+228\u{30FC}90112233", "+228\u{2009}90\u{2007}11\u{205F}22\u{2028}33", "(+228) 90 11 22 33", "+ 228 90112233",
        "\u{200E}\u{200E}00\u{A0}228\u{A0}90112233", "+228\u{FE0F}90112233", "+228\u{34F}90112233",
    ])
    func `marks and separators are no digits`(_ text: String) throws {
        #expect(try MSISDN(parsing: text).international == "22890112233")
    }

    /// The digit zero of scripts that people type in, and of some that they do not.
    @Test(
        arguments: [
            0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0, 0x1810, 0xA900, 0xFF10, 0x1D7CE, 0x1E950,
        ] as [UInt32])
    func `digits of every script count by their value`(_ zero: UInt32) throws {
        let text = "22890112233".utf8.reduce(into: "+") { text, byte in
            if let scalar = Unicode.Scalar(zero + UInt32(byte - 0x30)) { text.unicodeScalars.append(scalar) }
        }
        #expect(try MSISDN(parsing: text).international == "22890112233")
    }

    @Test(arguments: [
        "tel:+22890112233", "TEL:+228-90-11-22-33", "tel:+228.90.11.22.33", " tel:+228(90)112233",
        "tel:90112233;phone-context=+228", "tel:90-11-22-33;Phone-Context=+228", "tel:+228%2090%2011%2022%2033",
        "tel:%2B22890112233", "\u{200E}tel:+22890112233", "tel:+22890112233;phone-context=+33", "tel://+22890112233",
        "tel:0022890112233",
    ])
    func `addresses of telephones are read`(_ text: String) throws {
        #expect(try MSISDN(parsing: text).international == "22890112233")
    }

    @Test func `addresses of telephones may be national`() throws {
        #expect(try MSISDN(parsing: "tel:90112233", defaultCountry: "TG").international == "22890112233")
        #expect(
            try MSISDN(parsing: "tel:90112233;phone-context=example.com", defaultCountry: "TG").international
                == "22890112233")
    }

    @Test func `an operators spelling is compared by its digits`() throws {
        let phone = MSISDN(callingCode: "228", countryCode: "TG", national: "94112233")
        #expect(throws: MSISDNError.self) { try MSISDN(parsing: phone.e164) }
        for text in ["+228 94 11 22 33", "22894112233", "0022894112233"] {
            #expect(phone.isSpelled(text, nationally: false), "whatever the numbering plan says of it")
        }
        #expect(phone.isSpelled("94112233", nationally: true))
        for text in ["94112233", "+94112233", "22894112234", "2289411223", "", "x"] {
            #expect(!phone.isSpelled(text, nationally: false))
        }
        #expect(!phone.isSpelled("+94112233", nationally: true))
    }
}
