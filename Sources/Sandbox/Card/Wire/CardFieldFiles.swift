/// The field in which a payer types a card, as a shop's page shows it: a script for the shop, and a page in a frame.
///
/// The frame's page is this operator's own, so that the shop's page, its server and the router never see a number; what
/// comes out is a token.
enum CardFieldFiles {
    /// The file at a path below `/card`; `nil` if there is none.
    static func answer(_ path: String) -> Answer? {
        switch path {
        case "/fields.js": script(Resources.Card.fieldsJS)
        case "/fields/frame.js": script(Resources.Card.frameJS)
        case "/fields": page
        default: nil
        }
    }

    private static func script(_ text: String) -> Answer {
        Answer(
            status: 200, headers: [.init(name: "X-Content-Type-Options", value: "nosniff")],
            contentType: "text/javascript; charset=utf-8", body: Array(text.utf8))
    }

    private static var page: Answer {
        var answer = Answer.page(.cardField, "Card")
        answer.headers = [
            .init(
                name: "Content-Security-Policy",
                value: "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; "
                    + "form-action 'none'; base-uri 'none'"),
            .init(name: "Cache-Control", value: "no-store"), .init(name: "Referrer-Policy", value: "no-referrer"),
            .init(name: "X-Content-Type-Options", value: "nosniff"),
        ]
        return answer
    }
}
