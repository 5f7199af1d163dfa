/// Countries, number lengths and prefixes, for reading phone numbers and guessing their operator.
public struct NumberingPlan: Sendable {
    /// One country.
    public struct Country: Sendable, Hashable {
        /// ISO 3166 code, for instance `TG`.
        public let code: String
        /// English name.
        public let name: String
        /// Calling code without plus, for instance `228`.
        public let callingCode: String
        /// Code of the currency in use there.
        public let currency: String
        /// Lengths a national mobile number may have.
        public let nationalLengths: [Int]
        /// Whether numbers can be taken from one operator to another, so that a prefix proves nothing.
        public let isPorted: Bool
        let prefixes: [String: Carrier]

        /// The operator of the longest matching prefix.
        ///
        /// A hint: numbers are ported.
        public func carrier(ofNational number: String) -> Carrier? {
            for length in stride(from: min(6, number.count), through: 1, by: -1) {
                if let carrier = prefixes[String(number.prefix(length))] { return carrier }
            }
            return nil
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

    /// The plan that ships with the router.
    public static let builtIn = NumberingPlan(table: NumberingPlanData.text)

    /// The country with an ISO code in upper case.
    public func country(code: String) -> Country? { countries.first { $0.code == code } }

    /// The country of an international number without plus.
    func country(ofInternational digits: String) -> Country? {
        countries.filter { digits.hasPrefix($0.callingCode) }.max { $0.callingCode.count < $1.callingCode.count }
    }

    init(table: String) {
        var countries: [Country] = []
        var header: [Substring] = []
        var prefixes: [String: Carrier] = [:]
        func close() {
            guard header.count == 6 else { return }
            countries.append(
                Country(
                    code: String(header[0]), name: String(header[5]), callingCode: String(header[1]),
                    currency: String(header[2]),
                    nationalLengths: header[3].split(separator: ",").compactMap { Int($0) },
                    isPorted: header[4] != "fixed", prefixes: prefixes))
        }
        for line in table.split(whereSeparator: \.isNewline) {
            if line.first != " " {
                close()
                header = line.split(separator: " ", maxSplits: 5)
                prefixes = [:]
            } else {
                let parts = line.split(separator: " ")
                let carrier = Carrier(operator: String(parts[0]), wallet: parts[1] == "-" ? nil : String(parts[1]))
                for prefix in parts.dropFirst(2) { prefixes[String(prefix)] = carrier }
            }
        }
        close()
        self.countries = countries
    }
}
