/// A mobile phone number in international form, with its country.
///
/// Always valid for its country's length; the digits are kept as text because national numbers may begin with 0.
/// Printing shows a masked form; ``international`` is for the wire and the payer's own page only.
public struct MSISDN: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Calling code and national number without plus, for instance `22890112233`.
    public let international: String
    /// ISO 3166 code of the country, for instance `TG`.
    public let countryCode: String
    /// The national number, for instance `90112233`.
    public let national: String

    /// The number as E.164 with plus.
    public var e164: String { "+" + international }

    /// The operator its prefix was given to; a hint, because numbers are ported.
    public var carrierHint: NumberingPlan.Carrier? {
        NumberingPlan.builtIn.country(code: countryCode)?.carrier(ofNational: national)
    }

    /// Parses a spelling of a number.
    ///
    /// Accepted: `+228 90 11 22 33`, `0022890112233`, `22890112233`, and national `90112233` if a country is given.
    /// Spaces, dots, hyphens and parentheses between digits are ignored.
    ///
    /// - Parameters:
    ///   - text: The spelling.
    ///   - defaultCountry: ISO code for national spellings.
    /// - Throws: ``MSISDNError``.
    public init(parsing text: String, defaultCountry: String? = nil) throws(MSISDNError) {
        let trimmed = text.drop { $0 == " " }
        var isInternational = trimmed.hasPrefix("+")
        var digits = ""
        for character in isInternational ? trimmed.dropFirst() : trimmed {
            switch character {
            case "0"..."9": digits.append(character)
            case " ", ".", "-", "(", ")", "\u{A0}": continue
            default: throw .notDigits
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            isInternational = true
            digits.removeFirst(2)
        }
        guard digits.count <= 15 else { throw .tooLong }
        let plan = NumberingPlan.builtIn
        if !isInternational, let defaultCountry {
            guard let country = plan.country(code: defaultCountry) else { throw .unknownCountry }
            if country.nationalLengths.contains(digits.count) {
                self.init(country: country, national: digits)
                return
            }
        }
        guard let country = plan.country(ofInternational: digits) else { throw .unknownCountry }
        let national = String(digits.dropFirst(country.callingCode.count))
        guard country.nationalLengths.contains(national.count) else {
            throw .wrongLength(country: country.code, expected: country.nationalLengths)
        }
        self.init(country: country, national: national)
    }

    private init(country: NumberingPlan.Country, national: String) {
        international = country.callingCode + national
        countryCode = country.code
        self.national = national
    }

    /// The number with all but the calling code and the last two digits masked: `+228******33`.
    public var masked: String {
        let callingCode = international.dropLast(national.count)
        return "+" + callingCode + String(repeating: "*", count: max(0, national.count - 2)) + national.suffix(2)
    }

    /// The masked form.
    public var description: String { masked }
    /// The masked form.
    public var debugDescription: String { masked }
    /// Shows the masked form only.
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}

/// Why a text is not a phone number the router can use.
public enum MSISDNError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Something else than digits and separators.
    case notDigits
    /// More than the 15 digits of E.164.
    case tooLong
    /// The calling code is not in the numbering plan.
    case unknownCountry
    /// The national part has the wrong length for the country.
    case wrongLength(country: String, expected: [Int])

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .notDigits: "a phone number has digits, spaces, dots, hyphens and a leading plus only"
        case .tooLong: "a phone number has at most 15 digits"
        case .unknownCountry:
            "the number must be international, as in +228 90 11 22 33; known countries: "
                + NumberingPlan.builtIn.countries.map(\.code).joined(separator: ", ")
        case .wrongLength(let country, let expected):
            "a mobile number of \(country) has \(expected.map(String.init).joined(separator: " or ")) digits after the "
                + "country code"
        }
    }
}
