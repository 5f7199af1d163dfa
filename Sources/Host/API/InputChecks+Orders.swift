import Router

/// What the bodies of several calls have in common.
extension InputChecks {
    mutating func returnURLs(_ urls: PaymentInput.URLs?) {
        for (name, url) in [("success", urls?.success), ("failure", urls?.failure), ("cancel", urls?.cancel)] {
            text(url, 1_000, "/return_urls/\(name)")
            check(
                url.map(Self.isWebAddress) ?? true, "/return_urls/\(name)", "must be an absolute http(s) address")
        }
    }

    mutating func lifetime(_ seconds: Int64?) {
        check((1...86_400).contains(seconds ?? 1), "/expires_in", "must be 1 to 86400 seconds")
    }

    /// That a text can be an account number at some biller; at which, and in which form, routing says.
    mutating func billAccount(_ text: String?, _ pointer: String) {
        check(
            text.map(BillAccount.isValid) ?? true, pointer,
            "expected 1 to \(BillAccount.longest) letters, digits and - . / _, the first a letter or digit")
    }

    mutating func language(_ language: String?) {
        check(
            language.map(ISOForms.isLanguage) ?? true, "/language", "must be a language of two small letters such as fr"
        )
    }

    /// That a text is an ISO 3166 code.
    mutating func country(_ country: String?, _ pointer: String) {
        check(
            country.map(ISOForms.isCountry) ?? true, pointer,
            "must be a country of two capital letters such as TG (ISO 3166)")
    }

    private static func isWebAddress(_ text: String) -> Bool {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
        return text.utf8.allSatisfy { (0x21...0x7E).contains($0) } && text.utf8.count > 8
    }
}
