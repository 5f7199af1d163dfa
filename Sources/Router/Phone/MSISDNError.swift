/// Why a text is not a phone number the router can use.
public enum MSISDNError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Something else than digits and separators.
    case notDigits
    /// More than the 15 digits of E.164.
    case tooLong
    /// Neither international nor of a country that is known: the calling code is not in the numbering plan.
    case unknownCountry
    /// The national part has the wrong length for the country.
    case wrongLength(country: String, expected: [Int])
    /// A number of a landline.
    case landline(country: String)
    /// The country has no mobile number that begins like this.
    case unassigned(country: String)
    /// A number of before the country's numbers became longer, and what it is now.
    case renumbered(MSISDN)
    /// No country has the calling code, or the number is shorter than any.
    case notInUse
    /// What was given for a phone number looks like a card number.
    case cardNumber

    /// What is wrong and what would be right; shows no number in clear.
    public var description: String { explained { $0.masked } }

    /// The same for whoever sent the number: names the new one of a ``renumbered(_:)`` in full.
    public var answer: String { explained { $0.e164 } }

    private func explained(_ show: (MSISDN) -> String) -> String {
        switch self {
        case .notDigits: "a phone number has digits, a leading plus, and spaces, dashes, dots, slashes or brackets only"
        case .tooLong: "a phone number has at most 15 digits"
        case .unknownCountry:
            "the number must be international, as in +228 90 11 22 33, or its country be given as default_country; "
                + "countries whose national numbers are known: "
                + NumberingPlan.builtIn.countries.map(\.code).joined(separator: ", ")
        case .wrongLength(let country, let expected):
            "a mobile number of \(country) has \(expected.map(String.init).joined(separator: " or ")) digits after the "
                + "country code"
        case .landline(let country): "this is a landline of \(country); give a mobile number"
        case .unassigned(let country): "no mobile number of \(country) begins like this; check its first digits"
        case .renumbered(let number):
            "numbers of \(number.countryCode) have \(number.national.utf8.count) digits now; this one is "
                + "\(show(number)), send it so"
        case .notInUse: "no number in the world begins like this, or ends so soon; check the digits after the plus"
        case .cardNumber: "this looks like a card number, not like a phone number; never send card numbers"
        }
    }
}
