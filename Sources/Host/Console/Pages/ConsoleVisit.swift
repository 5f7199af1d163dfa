import Router

/// One request of a browser to the console: who looks, and in which language.
struct ConsoleVisit: Sendable {
    var request: APIRequest
    var visitor: ConsoleVisitor
    var language: PayLanguage
    /// What a form sent; it is shown again where the form is refused.
    var typed: QueryParameters?

    init(_ request: APIRequest, _ visitor: ConsoleVisitor) {
        self.request = request
        self.visitor = visitor
        let asked = request.query.split(separator: "&").first { $0.hasPrefix("lang=") }.map { String($0.dropFirst(5)) }
        let kept = PageCookie.value(PageCookie.language, in: request)
        language = ConsoleTexts.chosen(
            asked, kept ?? visitor.account?.language, acceptLanguage: request.header("accept-language"))
    }

    var texts: ConsoleTexts { ConsoleTexts.of(language) }

    func amount(_ money: Money) -> String { language.texts.amount(money) }

    /// A moment as people read it, in UTC.
    func time(_ moment: Moment) -> String {
        let text = moment.description
        return text.count >= 19 ? "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC" : text
    }

    /// The same page in another language.
    func address(in other: PayLanguage) -> String {
        let rest = request.query.split(separator: "&").filter { !$0.hasPrefix("lang=") }.map(String.init)
        // What a form sent is not asked for again by looking at it.
        let path = request.method == "GET" ? request.path : "/console"
        return path + "?" + ((request.method == "GET" ? rest : []) + ["lang=\(other.rawValue)"]).joined(separator: "&")
    }
}
