/// The cookies of pages on which people are signed in.
enum PageCookie {
    /// Where a cookie is sent: to the pages below a path alone.
    enum Place: String {
        case wallet = "/wallet"
        case console = "/console"

        /// The session's cookie.
        var session: String {
            switch self {
            case .wallet: "payrouter_wallet"
            case .console: "payrouter_console"
            }
        }
    }

    static let language = "payrouter_language"

    /// The value of a cookie that a browser sent.
    static func value(_ name: String, in request: APIRequest) -> String? {
        for line in request.values("cookie") {
            for part in line.split(separator: ";") {
                let pair = part.split(separator: "=", maxSplits: 1)
                if pair.count == 2, String(pair[0]).trimmed == name { return String(pair[1]).trimmed }
            }
        }
        return nil
    }

    /// A line that sets a cookie for the pages of a place; without a value it ends it.
    static func line(_ name: String, _ value: String?, at place: Place, seconds: Int64, isSecure: Bool) -> String {
        "\(name)=\(value ?? ""); Path=\(place.rawValue); Max-Age=\(value == nil ? 0 : seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }
}
