import Router

/// Reads forms, as browsers send them from our own pages.
enum FormBody {
    private static let type = "application/x-www-form-urlencoded"

    /// The fields of a form; none for an empty body.
    ///
    /// - Parameters:
    ///   - request: The request with the form as its body.
    ///   - allowed: The names that fields may have.
    ///   - elsewhere: What whoever sends something else than a form may have looked for.
    /// - Returns: The fields, by name.
    /// - Throws: A problem that names the field or the type of content.
    static func fields(
        _ request: APIRequest, allowed: Set<String>, elsewhere: String? = nil
    ) throws(Problem) -> QueryParameters {
        guard !request.body.isEmpty else { return try QueryParameters("", allowed: allowed) }
        let media = request.mediaType
        let isJSON = request.body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
        guard !isJSON, media.isEmpty || media == type else {
            throw Problem(
                .unsupportedMediaType,
                "this call reads a form, and the body came as \(isJSON ? "JSON" : String(media.prefix(60))); send "
                    + "\(type)" + (elsewhere.map { "; " + $0 } ?? ""))
        }
        try request.refuseForeignCharset()
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw Problem(.invalidParameter, "the form is not UTF-8")
        }
        return try QueryParameters(text, allowed: allowed)
    }
}

extension APIRequest {
    /// What `Content-Type` says of the body, without parameters and in small letters; empty if it says nothing.
    var mediaType: String {
        // What nearly everybody sends needs no taking apart.
        if let whole = header("content-type"), whole == "application/json" { return whole }
        return (header("content-type") ?? "").split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
            ?? ""
    }

    /// Refuses a body that says it is written in another character set than UTF-8 (RFC 9110, section 8.3.1).
    ///
    /// ASCII is UTF-8 too.
    func refuseForeignCharset() throws(Problem) {
        guard let type = header("content-type"), type.utf8.contains(UInt8(ascii: ";")) else { return }
        for parameter in type.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, String(parts[0]).trimmed.lowercased() == "charset" else { continue }
            let charset = String(parts[1]).trimmed.filter { $0 != "\"" }.lowercased()
            guard !["utf-8", "utf8", "us-ascii"].contains(charset) else { continue }
            throw Problem(
                .unsupportedMediaType,
                "the body is said to be in \(charset.prefix(40)); send UTF-8, or Content-Type without charset")
        }
    }
}
