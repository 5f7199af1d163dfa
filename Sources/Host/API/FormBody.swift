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
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw Problem(.invalidParameter, "the form is not UTF-8")
        }
        return try QueryParameters(text, allowed: allowed)
    }
}

extension APIRequest {
    /// What `Content-Type` says of the body, without parameters and in small letters; empty if it says nothing.
    var mediaType: String {
        (header("content-type") ?? "").split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() } ?? ""
    }
}
