import Router

/// One request of a browser to holders' pages: who is signed in, and in which language.
struct HolderVisit: Sendable {
    var request: APIRequest
    var language: PayLanguage
    /// Who is signed in; `nil` if nobody is.
    var account: Account?
    /// The session's cookie.
    var cookie: String?
    /// What forms of this session repeat; empty where nobody is signed in.
    var formToken = ""

    var texts: HolderTexts { HolderTexts.of(language) }

    func amount(_ money: Money) -> String { language.texts.amount(money) }
}

/// The cookies of holders' pages.
enum HolderCookie {
    static let session = "payrouter_wallet"
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

    /// A line that sets a cookie for holders' pages alone; without a value it ends it.
    static func line(_ name: String, _ value: String?, seconds: Int64, isSecure: Bool) -> String {
        "\(name)=\(value ?? ""); Path=/wallet; Max-Age=\(value == nil ? 0 : seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }
}
