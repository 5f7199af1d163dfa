/// The forms of codes whose lists are not kept here.
enum ISOForms {
    /// Whether a text has the form of an ISO 3166 code: two capital letters.
    static func isCountry(_ text: String) -> Bool { isTwo(text, 0x41...0x5A) }
    /// Whether a text has the form of an ISO 639-1 code: two small letters.
    static func isLanguage(_ text: String) -> Bool { isTwo(text, 0x61...0x7A) }

    private static func isTwo(_ text: String, _ letters: ClosedRange<UInt8>) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { letters.contains($0) }
    }
}
