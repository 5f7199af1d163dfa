/// A phone number in international form, with its country.
///
/// Where the country has a plan (``NumberingPlan``) it is a mobile number of it; of other countries it is some number as
/// E.164 allows. The digits are kept as text because national numbers may begin with 0. Printing shows a masked form;
/// ``international`` is for the wire and the payer's own page only.
public struct MSISDN: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Calling code and national number without plus, for instance `22890112233`.
    public let international: String
    /// ISO 3166 code of the country, for instance `TG`; of countries that share a calling code and have no plan, the main
    /// one's; `001` for services of no country.
    public let countryCode: String
    /// The national number, for instance `90112233`.
    public let national: String

    /// The number as E.164 with plus.
    public var e164: String { "+" + international }

    /// The country's calling code without plus.
    public var callingCode: String { String(international.dropLast(national.utf8.count)) }

    /// Whether the country's numbers are known, so that this is a mobile number for certain.
    public var hasPlan: Bool { NumberingPlan.builtIn.country(code: countryCode) != nil }

    /// The operator its prefix was given to; a hint, because numbers are ported.
    public var carrierHint: NumberingPlan.Carrier? {
        NumberingPlan.builtIn.country(code: countryCode)?.carrier(ofNational: national)
    }

    /// Reads a number as people write and paste it.
    ///
    /// Accepted: `+228 90 11 22 33`, `0022890112233`, `22890112233`, `tel:+228-90-11-22-33`, `+33 (0)6 12 34 56 78`, and
    /// national `90112233` or `06 12 34 56 78` if a country is given. Spaces, dashes, dots, slashes and brackets are ignored,
    /// and what cannot be seen; digits of every script count by their value.
    ///
    /// - Parameters:
    ///   - text: The spelling.
    ///   - defaultCountry: ISO code for national spellings.
    /// - Throws: ``MSISDNError``.
    public init(parsing text: String, defaultCountry: String? = nil) throws(MSISDNError) {
        self = try NumberingPlan.builtIn.read(text, defaultCountry: defaultCountry)
    }

    /// A number that was read before and kept.
    ///
    /// It is not judged again: a payment keeps its payer, whatever became of the numbering plan.
    package init(callingCode: String, countryCode: String, national: String) {
        international = callingCode + national
        self.countryCode = countryCode
        self.national = national
    }

    /// Whether a text spells this number, whatever the numbering plan says of it.
    ///
    /// - Parameters:
    ///   - text: The spelling, perhaps an operator's.
    ///   - nationally: Whether the national number alone counts, too.
    /// - Returns: Whether the digits are the same.
    public func isSpelled(_ text: String, nationally: Bool) -> Bool {
        guard let spelling = try? PhoneSpelling(text) else { return false }
        func equals(_ own: String) -> Bool { spelling.digits.elementsEqual(own.utf8.lazy.map { $0 - 0x30 }) }
        return equals(international) || (nationally && !spelling.isInternational && equals(national))
    }

    /// The number with all but the calling code and the last two digits masked: `+228******33`.
    public var masked: String {
        "+" + callingCode + String(repeating: "*", count: max(0, national.utf8.count - 2)) + national.suffix(2)
    }

    /// Masked, so that no log holds a number by accident.
    public var description: String { masked }
    /// Masked, so that no log holds a number by accident.
    public var debugDescription: String { masked }
    /// Shows the masked form only.
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
