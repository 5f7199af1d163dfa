import WebText

/// The parameters of one call, from a form body or a query (docs/protocols/card.md, 1.3).
struct CardParameters: Sendable {
    /// What a parameter may look like.
    enum Shape: Sendable, Hashable {
        /// `key=value`.
        case text
        /// `key[any]=value`.
        case map
        /// `key[0]=value` or `key[]=value`.
        case list
        /// `key[known]=value`.
        case object(Set<String>)
        /// `key[a][b]=value`, with one of these paths behind the key; `#` stands for any index, `*` for any name.
        case tree(Set<[String]>)
    }

    private struct Entry: Sendable {
        var path: [String]
        var value: String

        /// The parameter's name as the caller wrote it, such as `metadata[order]`.
        var name: String { path[0] + path.dropFirst().map { "[\($0)]" }.joined() }
    }

    private let entries: [Entry]

    /// Reads a form body.
    init(body: [UInt8]) throws(CardRefusal) {
        guard let text = String(validating: body, as: UTF8.self), let pairs = FormText.pairs(text) else {
            throw .invalid("The request body is not a valid form.", code: "parameter_invalid_string")
        }
        try self.init(pairs: pairs)
    }

    /// Reads decoded pairs.
    init(pairs: [(name: String, value: String)]) throws(CardRefusal) {
        var entries: [Entry] = []
        for pair in pairs {
            guard let path = Self.path(pair.name) else {
                throw .invalid("Invalid parameter name: \(pair.name)", code: "parameter_unknown", param: pair.name)
            }
            entries.append(Entry(path: path, value: pair.value))
        }
        self.entries = entries
    }

    /// Refuses every parameter that is not listed.
    func check(against shapes: [String: Shape]) throws(CardRefusal) {
        for entry in entries {
            let fits =
                switch shapes[entry.path[0]] {
                case .text: entry.path.count == 1
                // An empty `key=` takes every name away.
                case .map: entry.path.count == 2 ? !entry.path[1].isEmpty : entry.path.count == 1 && entry.value.isEmpty
                case .list: entry.path.count == 2 && (entry.path[1].isEmpty || Int(entry.path[1]) != nil)
                case .object(let keys): entry.path.count == 2 && keys.contains(entry.path[1])
                case .tree(let paths): paths.contains { Self.fits(entry.path.dropFirst(), $0) }
                case nil: false
                }
            guard fits else {
                throw .invalid(
                    "Received unknown parameter: \(entry.name)", code: "parameter_unknown", param: entry.name)
            }
        }
    }

    private static func fits(_ path: ArraySlice<String>, _ pattern: [String]) -> Bool {
        path.count == pattern.count
            && zip(path, pattern).allSatisfy { part, wanted in
                switch wanted {
                case "#": Int(part) != nil
                case "*": !part.isEmpty
                default: part == wanted
                }
            }
    }

    /// The names right below a path, in the caller's order.
    func children(of path: [String]) -> [String] {
        var names: [String] = []
        for entry in entries where entry.path.count > path.count && Array(entry.path.prefix(path.count)) == path {
            if !names.contains(entry.path[path.count]) { names.append(entry.path[path.count]) }
        }
        return names
    }

    /// The value of a plain parameter; the last one if it is repeated.
    subscript(_ name: String) -> String? { entries.last { $0.path == [name] }?.value }

    /// The value at a path such as `["a", "b"]` for `a[b]`; the last one if it is repeated.
    func value(at path: [String]) -> String? { entries.last { $0.path == path }?.value }

    /// The values of a map.
    func map(_ name: String) -> [String: String] {
        var values: [String: String] = [:]
        for entry in entries where entry.path.count == 2 && entry.path[0] == name {
            values[entry.path[1]] = entry.value
        }
        return values
    }

    /// The values of a list, as written.
    func list(_ name: String) -> [String] {
        entries.filter { $0.path.count == 2 && $0.path[0] == name }.map(\.value)
    }

    /// A boolean, also as old Python clients write it (`True`).
    func flag(_ name: String) throws(CardRefusal) -> Bool? {
        switch self[name] {
        case nil: return nil
        case "true", "True": return true
        case "false", "False": return false
        case let value?:
            throw .invalid("Invalid boolean: \(value)", code: "parameter_invalid_boolean", param: name)
        }
    }

    func required(_ name: String) throws(CardRefusal) -> String {
        guard let value = self[name] else {
            throw .invalid("Missing required param: \(name).", code: "parameter_missing", param: name)
        }
        guard !value.isEmpty else {
            throw .invalid("You passed an empty string for '\(name)'.", code: "parameter_invalid_empty", param: name)
        }
        return value
    }

    /// The parameters in an order that does not depend on the caller's, for comparing two calls.
    var canonical: String {
        entries.map { FormText.encoded([($0.name, $0.value)]) }.sorted().joined(separator: "&")
    }

    /// `a[b][c]` as its parts.
    private static func path(_ name: String) -> [String]? {
        guard let bracket = name.firstIndex(of: "[") else { return name.isEmpty ? nil : [name] }
        guard bracket > name.startIndex, name.hasSuffix("]") else { return nil }
        let inner = name[name.index(after: bracket)...].dropLast()
        let parts = inner.split(separator: "][", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains(where: { $0.contains("[") || $0.contains("]") }) else { return nil }
        return [String(name[..<bracket])] + parts
    }
}

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
