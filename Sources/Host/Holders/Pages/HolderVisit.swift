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
