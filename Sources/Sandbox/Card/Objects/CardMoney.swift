/// The amount rules of the wire (docs/protocols/card.md, 1.4).
struct CardMoney: Sendable, Hashable {
    /// In the currency's smallest unit on this wire.
    var amount: Int64
    /// Lower case.
    var currency: String

    /// Reads and checks `amount` and `currency`.
    init(_ parameters: CardParameters) throws(CardRefusal) {
        let text = try parameters.required("amount")
        let currency = try parameters.required("currency").lowercased()
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let amount = Int64(text), amount > 0 else {
            throw .invalid("Invalid integer: \(text)", code: "parameter_invalid_integer", param: "amount")
        }
        try self.init(amount, currency, param: "amount", currencyParam: "currency")
    }

    /// Checks an amount that stands elsewhere.
    init(_ amount: Int64, _ currency: String, param: String, currencyParam: String) throws(CardRefusal) {
        guard Self.known.contains(currency) else {
            throw .invalid("Invalid currency: \(currency).", code: nil, param: currencyParam)
        }
        guard amount >= Self.minimum(currency) else {
            throw .invalid(
                "Amount must be at least \(Self.minimum(currency)) \(currency).", code: "amount_too_small",
                param: param)
        }
        guard amount <= 99_999_999 else {
            throw .invalid("Amount must be no more than 99999999.", code: "amount_too_large", param: param)
        }
        let step: Int64 = Self.threeDecimals.contains(currency) ? 10 : Self.roundedHundreds.contains(currency) ? 100 : 1
        guard amount % step == 0 else {
            throw .invalid(
                "Amounts in \(currency) must be a multiple of \(step).", code: "parameter_invalid_integer",
                param: param)
        }
        self.amount = amount
        self.currency = currency
    }

    /// About half a US dollar; only the order of magnitude is meant to be right.
    private static func minimum(_ currency: String) -> Int64 {
        if let known = minimums[currency] { return known }
        return threeDecimals.contains(currency) ? 150 : 50
    }

    private static let minimums: [String: Int64] = [
        "gbp": 30, "thb": 1000, "mxn": 1000, "hkd": 400, "xof": 300, "xaf": 300, "tnd": 1500, "vnd": 10_000,
        "rwf": 700, "ugx": 200_000, "kes": 7000, "ngn": 80_000, "inr": 5000, "krw": 700,
    ]
    private static let threeDecimals: Set = ["bhd", "jod", "kwd", "omr", "tnd"]
    private static let roundedHundreds: Set = ["ugx", "isk"]
    private static let zeroDecimals: Set = [
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf",
    ]
    private static let others: Set = [
        "usd", "eur", "gbp", "cad", "aud", "nzd", "chf", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "thb", "sgd",
        "myr", "hkd", "idr", "inr", "php", "mxn", "brl", "zar", "kes", "ngn", "ghs", "tzs", "mad", "egp", "zmw", "etb",
        "cdf", "aed", "sar", "try", "ils", "cny", "dzd", "gmd", "lrd", "mwk", "mzn", "sle", "lsl",
    ]
    private static let known = threeDecimals.union(roundedHundreds).union(zeroDecimals).union(others)
}
