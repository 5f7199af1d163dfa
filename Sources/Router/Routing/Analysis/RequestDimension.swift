/// One thing that conditions ask about, cut into classes: all requests of a class are the same to every condition and every
/// provider of a configuration.
struct RequestDimension: Sendable {
    /// What the dimension is about.
    enum Subject: Sendable, Hashable {
        case operation, currency, amount, channels, app, phone, language, age, moment, progress, token, wallet, bill
        case metadata(String)
        case card(CardFact)
        case successes(ProviderID)
        /// By what is hashed, and the salt.
        case bucket(HashBucket.Subject, String)
    }

    let subject: Subject
    /// Makes a request one of a class.
    let classes: [@Sendable (inout RequestSketch) -> Void]

    /// Where a bucket's place is kept in a sketch.
    static func key(_ subject: HashBucket.Subject, _ salt: String) -> HashBucket {
        HashBucket(subject, salt: salt, range: 0..<1)
    }
}

extension RouteCondition {
    /// The dimension that a condition, which is no group, asks about.
    var subject: RequestDimension.Subject {
        switch self {
        case .operation: .operation
        case .amount: .amount
        case .currency: .currency
        case .channel: .channels
        case .app: .app
        case .metadata(let name, _), .metadataExists(let name, _), .metadataNumber(let name, _): .metadata(name)
        // A payer's country is the phone's unless the caller says another one.
        case .phoneCountry, .phoneOperator, .phonePrefix, .payerCountry: .phone
        case .card(let fact, _): .card(fact)
        case .language: .language
        case .customerAge: .age
        case .customerSuccesses(let provider, _, _): .successes(provider)
        case .timeOfDay, .weekday, .date, .holiday: .moment
        case .attempt, .lastFailure: .progress
        case .bucket(let bucket): .bucket(bucket.subject, bucket.salt)
        case .all, .any, .not: .operation
        }
    }

    /// The same without conditions about two dimensions at once.
    var separated: RouteCondition {
        switch self {
        case .all(let parts): .all(parts.map(\.separated))
        case .any(let parts): .any(parts.map(\.separated))
        case .not(let part): .not(part.separated)
        case .amount(let minimum, let maximum, let code?):
            .all([.currency([code]), .amount(minimum: minimum, maximum: maximum)])
        default: self
        }
    }
}

extension RouteCondition {
    /// The texts that a condition about one of several texts names.
    var namedTexts: [String] {
        switch self {
        case .currency(let texts), .phoneCountry(let texts), .phoneOperator(let texts), .phonePrefix(let texts),
            .card(_, let texts), .payerCountry(let texts), .language(let texts), .metadata(_, let texts):
            texts
        default: []
        }
    }

    /// The channels that a condition names.
    var namedChannels: [PaymentChannel] {
        if case .channel(let names) = self { return names }
        return []
    }

    /// The beginnings of international numbers that a condition names.
    var namedPrefixes: [String] {
        if case .phonePrefix(let digits) = self { return digits }
        return []
    }

    /// The countries of payers that a condition names.
    var namedPayerCountries: [String] {
        if case .payerCountry(let codes) = self { return codes }
        return []
    }
}
