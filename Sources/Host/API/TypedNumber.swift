import Router

extension MSISDN {
    /// A phone number that a caller wrote.
    ///
    /// - Parameters:
    ///   - text: As it was written.
    ///   - country: ISO code of the country whose numbers need no calling code; `nil` if all do.
    ///   - pointer: Where it stands.
    /// - Returns: The number.
    /// - Throws: `invalid_phone`. The sender of an old number may read the new one; logs hold no problem's detail.
    static func read(_ text: String, _ country: String?, at pointer: String) throws(Problem) -> MSISDN {
        do throws(MSISDNError) { return try MSISDN(parsing: text, defaultCountry: country) } catch {
            throw Problem(
                .invalidPhone, error.answer,
                errors: [JSONIssue(pointer: pointer, code: "invalid_phone", detail: error.answer)])
        }
    }
}
