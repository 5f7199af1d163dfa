/// An ISO 4217 currency with its own exponent: XOF has 0, TND 3.
public struct Currency: Sendable, Hashable, CustomStringConvertible {
    /// The alphabetic code, for instance `XOF`.
    public let code: String
    /// The numeric code as three digits, for instance `952`; a text because of leading zeros.
    public let numericCode: String
    /// How many decimal digits the minor unit has: XOF 0, THB 2, TND 3.
    public let exponent: Int

    /// Looks a currency up by its alphabetic code in upper case; `nil` if ISO 4217 does not list it.
    public init?(code: String) {
        guard let currency = CurrencyTable.byCode[code] else { return nil }
        self = currency
    }

    /// Looks a currency up by its three-digit number.
    public init?(numericCode: String) {
        guard let currency = CurrencyTable.byNumber[numericCode] else { return nil }
        self = currency
    }

    init(code: String, numericCode: String, exponent: Int) {
        self.code = code
        self.numericCode = numericCode
        self.exponent = exponent
    }

    /// The three letters, for instance `XOF`.
    public var description: String { code }

    /// Every currency known, by code.
    public static var all: [Currency] { CurrencyTable.byCode.values.sorted { $0.code < $1.code } }
}

extension Currency {
    /// West African CFA franc.
    public static let xof = Currency(code: "XOF", numericCode: "952", exponent: 0)
    /// Tunisian dinar, of 1000 millimes.
    public static let tnd = Currency(code: "TND", numericCode: "788", exponent: 3)
    /// US dollar.
    public static let usd = Currency(code: "USD", numericCode: "840", exponent: 2)
    /// The euro, two decimals.
    public static let eur = Currency(code: "EUR", numericCode: "978", exponent: 2)
    /// Thai baht.
    public static let thb = Currency(code: "THB", numericCode: "764", exponent: 2)
}
