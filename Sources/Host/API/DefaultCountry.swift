import Router

/// The country whose phone numbers may be written without the calling code: a request's own, else its app's.
enum DefaultCountry {
    /// A country's code, if its national numbers can be read.
    static func checked(_ code: String?, at pointer: String) throws(Problem) -> String? {
        guard let code else { return nil }
        guard NumberingPlan.builtIn.country(code: code) != nil else {
            let detail =
                "must be the ISO 3166 code, in upper case, of a country whose national numbers are known: \(known)"
            let name = String(pointer.drop { $0 == "/" })
            throw Problem(
                .invalidRequest, "\(name) \(detail)",
                errors: [JSONIssue(pointer: pointer, code: "unknown_country", detail: detail)])
        }
        return code
    }

    /// The same of a query's parameter `default_country`.
    static func checked(_ query: QueryParameters) throws(Problem) -> String? {
        try query.value("default_country", "the ISO 3166 code, in upper case, of a country: \(known)") {
            NumberingPlan.builtIn.country(code: $0)?.code
        }
    }

    /// The codes of the countries, for messages.
    static var known: String { NumberingPlan.builtIn.countries.map(\.code).joined(separator: ", ") }
}
