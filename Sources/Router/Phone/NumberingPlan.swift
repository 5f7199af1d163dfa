/// Countries, number lengths and prefixes, for reading phone numbers and guessing their operator.
public struct NumberingPlan: Sendable {
    /// What a country's numbers look like.
    public struct Country: Sendable, Hashable {
        /// ISO 3166 code, for instance `TG`.
        public let code: String
        /// The country's name in English, for messages.
        public let name: String
        /// Calling code without plus, for instance `228`.
        public let callingCode: String
        /// Code of the currency in use there.
        public let currency: String
        /// Lengths a national mobile number may have.
        public let nationalLengths: [Int]
        /// Whether numbers can be taken from one operator to another, so that a prefix proves nothing.
        public let isPorted: Bool
        /// Whether a zero is written before national numbers within the country.
        let hasTrunkZero: Bool
        /// How numbers were that are longer now.
        var renumbered: Renumbering?
        /// Digits of some mobile number.
        private var sample: [UInt8]?
        private var carriers: [Carrier] = []
        private var operators = PrefixTree()
        private var uses: [Int: PrefixTree] = [:]

        /// Numbers that became longer: those of a length now have a prefix before them.
        struct Renumbering: Sendable, Hashable {
            var length: Int
            var prefix: String
        }

        /// What a number is for.
        enum Use: Int16, Sendable, Hashable { case mobile = 1, landline }

        init(
            code: String, name: String, callingCode: String, currency: String, nationalLengths: [Int], isPorted: Bool,
            hasTrunkZero: Bool
        ) {
            self.code = code
            self.name = name
            self.callingCode = callingCode
            self.currency = currency
            self.nationalLengths = nationalLengths
            self.isPorted = isPorted
            self.hasTrunkZero = hasTrunkZero
        }

        mutating func add(_ use: Use, of length: Int, _ prefix: [UInt8]) {
            uses[length, default: PrefixTree()].insert(prefix, use.rawValue)
            if use == .mobile, sample == nil { sample = prefix + Array(repeating: 0, count: length - prefix.count) }
        }

        /// Some number that fits; for trying things out, never for the wire.
        package var sampleNumber: MSISDN? {
            guard let sample, case .success(let number) = read(sample[...], bracketedZero: false) else { return nil }
            return number
        }

        /// Numbers that fit, one of each operator's prefix and of each given beginning of an international number; for trying
        /// things out, never for the wire.
        package func samples(beginning prefixes: [String]) -> [MSISDN] {
            let code = Array(callingCode.utf8.map { $0 - 0x30 })
            let asked = prefixes.compactMap { prefix -> [UInt8]? in
                let digits = Array(prefix.utf8.map { $0 - 0x30 })
                return digits.starts(with: code) && digits.count > code.count
                    ? Array(digits.dropFirst(code.count)) : nil
            }
            let known = operators.prefixes + uses.values.flatMap(\.prefixes)
            // Of two prefixes that could be one number's, the longer one tells more.
            let both = asked.flatMap { one in known.filter { $0.starts(with: one) } }
            return (known + asked + both).compactMap { prefix in
                for length in nationalLengths where length >= prefix.count {
                    for filler: UInt8 in [0, 1, 5] {
                        let digits = prefix + Array(repeating: filler, count: length - prefix.count)
                        if case .success(let number) = read(digits[...], bracketedZero: false) { return number }
                    }
                }
                return nil
            }
        }

        mutating func add(_ carrier: Carrier, _ prefixes: [[UInt8]]) {
            // One operator's prefixes may stand on several lines.
            let known = carriers.firstIndex(of: carrier)
            if known == nil { carriers.append(carrier) }
            for prefix in prefixes { operators.insert(prefix, Int16((known ?? carriers.count - 1) + 1)) }
        }

        /// What a national number is for; `nil` if no number begins like this.
        func use(of digits: ArraySlice<UInt8>) -> Use? {
            uses[digits.count].flatMap { Use(rawValue: $0.value(of: digits)) }
        }

        /// The operators that prefixes were given to.
        package var carrierNames: [String] { carriers.map(\.operator) }

        /// The operator of the longest matching prefix.
        ///
        /// A hint: numbers are ported.
        public func carrier(ofNational number: String) -> Carrier? {
            let place = Int(
                operators.value(of: number.utf8.lazy.filter { (0x30...0x39).contains($0) }.map { $0 - 0x30 }))
            return place == 0 ? nil : carriers[place - 1]
        }
    }

    /// The operator a prefix was given to.
    public struct Carrier: Sendable, Hashable {
        /// The operator, for instance `togocom`.
        public let `operator`: String
        /// The wallet that goes with it, for instance `mixx-by-yas-tg`, where one is assumed.
        public let wallet: String?
    }

    /// The countries, in the order of the table.
    public let countries: [Country]
    private let byCode: [String: Int]
    private let byCallingCode: PrefixTree

    /// The plan that ships with the router.
    public static let builtIn = NumberingPlan(
        table: NumberingPlanData.text + "\n" + MoreNumberingPlanData.text)

    /// The country with an ISO code in upper case.
    public func country(code: String) -> Country? { byCode[code].map { countries[$0] } }

    /// The country of an international number without plus.
    func country(ofInternational digits: [UInt8]) -> Country? {
        let place = Int(byCallingCode.value(of: digits))
        return place == 0 ? nil : countries[place - 1]
    }

    init(table: String) {
        countries = PlanReader(table).countries
        var tree = PrefixTree()
        for (index, country) in countries.enumerated() {
            tree.insert(country.callingCode.utf8.map { $0 - 0x30 }, Int16(index + 1))
        }
        byCallingCode = tree
        byCode = Dictionary(countries.enumerated().map { ($1.code, $0) }) { first, _ in first }
    }
}
