import Router

/// Amounts as the operator writes them.
///
/// Source: protocol notes 1.4. The operator's decimals differ from ISO 4217 for a few currencies.
enum CardWire {
    private static let noDecimals: Set = [
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let threeDecimals: Set = ["BHD", "JOD", "KWD", "OMR", "TND"]
    /// No decimals in daily life, sent with two that must be `00`.
    private static let twoZeroDecimals: Set = ["ISK", "UGX"]

    /// Smallest amounts on the wire, about half a US dollar; one unit where none is published.
    private static let minimums: [String: Int64] = [
        "AED": 200, "AUD": 50, "CAD": 50, "CHF": 50, "CZK": 1_500, "DKK": 250, "EUR": 50, "GBP": 30, "HKD": 400,
        "HUF": 17_500, "JPY": 50, "MXN": 1_000, "MYR": 200, "NOK": 300, "NZD": 50, "PLN": 200, "RON": 200,
        "SEK": 300, "SGD": 50, "THB": 1_000, "USD": 50,
    ]

    static let standardCurrencies = ["XOF", "XAF", "USD", "EUR", "GBP", "CAD", "CHF", "JPY", "TND", "THB"]

    /// Decimals on the wire; `nil` if it is not known how the operator writes the currency.
    private static func decimals(_ currency: Currency) -> Int? {
        if noDecimals.contains(currency.code) { return 0 }
        if threeDecimals.contains(currency.code) { return 3 }
        return twoZeroDecimals.contains(currency.code) || currency.exponent == 2 ? 2 : nil
    }

    /// Minor units as the operator counts them; `nil` if they cannot be written exactly.
    static func units(of money: Money) -> Int64? {
        guard let decimals = decimals(money.currency) else { return nil }
        return scaled(money.minorUnits, by: decimals - money.currency.exponent)
    }

    /// The operator's count as minor units; `nil` if it is no whole number of them.
    static func minorUnits(ofWire units: Int64, _ currency: Currency) -> Int64? {
        guard let decimals = decimals(currency) else { return nil }
        return scaled(units, by: currency.exponent - decimals)
    }

    private static func scaled(_ units: Int64, by digits: Int) -> Int64? {
        var factor: Int64 = 1
        for _ in 0..<abs(digits) { factor *= 10 }
        guard digits < 0 else {
            let (result, overflow) = units.multipliedReportingOverflow(by: factor)
            return overflow ? nil : result
        }
        return units.isMultiple(of: factor) ? units / factor : nil
    }

    /// The limits of a currency: the published minimum, eight digits, and whole hundredths where there are thousandths.
    static func limits(_ currency: Currency) -> ProviderManifest.CurrencyLimits? {
        guard let decimals = decimals(currency) else { return nil }
        let step: Int64 = decimals == 3 ? 10 : decimals < currency.exponent ? scaled(1, by: currency.exponent) ?? 1 : 1
        let largest: Int64 = 99_999_999
        let whole = decimals > currency.exponent ? largest - largest % 100 : largest
        let minimum = minimums[currency.code].flatMap { minorUnits(ofWire: $0, currency) } ?? step
        guard let maximum = minorUnits(ofWire: whole, currency) else { return nil }
        return .init(currency, minimum: minimum, maximum: maximum - maximum % step, step: step)
    }
}

/// A value in an `application/x-www-form-urlencoded` body.
///
/// Source: protocol notes 1.3.
enum FormValue {
    case text(String)
    case integer(Int64)
    case flag(Bool)
    case list([FormValue])
    case map([(String, FormValue)])

    /// Fields as one body: brackets stay raw, space is `+`, all else is percent-encoded UTF-8.
    static func encode(_ fields: [(String, FormValue)]) -> [UInt8] {
        Array(fields.flatMap { name, value in value.pairs(plus(name)) }.joined(separator: "&").utf8)
    }

    private func pairs(_ name: String) -> [String] {
        switch self {
        case .text(let text): ["\(name)=\(Self.plus(text))"]
        case .integer(let number): ["\(name)=\(number)"]
        case .flag(let flag): ["\(name)=\(flag)"]
        case .list(let values): values.enumerated().flatMap { index, value in value.pairs("\(name)[\(index)]") }
        case .map(let members): members.flatMap { key, value in value.pairs("\(name)[\(Self.plus(key))]") }
        }
    }

    private static func plus(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false)
            .map { PercentEncoding.encode(String($0)) }.joined(separator: "+")
    }
}

/// What a card token may look like.
enum CardToken {
    /// Whether a text can be a token: an opaque word that starts with a letter and hides no card number.
    static func isUsable(_ text: String) -> Bool {
        guard (4...255).contains(text.utf8.count), let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20)
        else {
            return false
        }
        let isWord = text.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        return isWord && !holdsCardNumber(text)
    }

    /// Twelve to nineteen digits in a row, hyphens and underscores not counted, with a right check digit.
    private static func holdsCardNumber(_ text: String) -> Bool {
        let runs = text.utf8.filter { $0 != 0x2D && $0 != 0x5F }.split { !(0x30...0x39).contains($0) }
        return runs.contains { run in
            guard (12...19).contains(run.count) else { return false }
            let sum = run.reversed().enumerated().reduce(0) { sum, digit in
                let value = Int(digit.element - 0x30) * (digit.offset.isMultiple(of: 2) ? 1 : 2)
                return sum + (value > 9 ? value - 9 : value)
            }
            return sum.isMultiple(of: 10)
        }
    }
}
