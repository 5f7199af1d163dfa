import WebText

/// Addresses to which an operator adds what happened.
enum Links {
    /// Adds parameters to a URL that may have a query already.
    ///
    /// Names and values are percent-encoded.
    static func adding(_ parameters: KeyValuePairs<String, String>, to url: String) -> String {
        let query = FormText.encoded(parameters.map { ($0.key, $0.value) })
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let joined = "\(parts[0])\(parts[0].contains("?") ? "&" : "?")\(query)"
        return parts.count > 1 ? "\(joined)#\(parts[1])" : joined
    }
}
