/// What all hosted pages share: head and headers.
enum PayFrame {
    /// A page that loads its style and script from here and nothing from elsewhere.
    ///
    /// It may be framed by any shop: it has no ambient authority (no cookie, no login), only the link's token.
    static func response(
        title: String, language: PayLanguage, body: String, status: Int = 200, formTargets: [String] = []
    ) -> APIResponse {
        let page = """
            <!doctype html>
            <html lang="\(language.rawValue)" dir="\(language.direction)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>\(HTML.escaped(title))</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/pay/pay.css">
            <script src="/pay/pay.js" defer></script>
            </head>
            <body>
            \(body)
            </body>
            </html>

            """
        let policy = [
            "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
            (["form-action 'self'"] + formTargets).joined(separator: " "), "base-uri 'none'", "frame-ancestors *",
        ]
        return .bytes(Array(page.utf8), type: "text/html; charset=utf-8", status: status)
            .with("content-security-policy", policy.joined(separator: "; "))
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
            .with("cache-control", "no-store")
    }

    /// What payers see instead of any page of an app that is disabled.
    static func closed(_ language: PayLanguage) -> APIResponse {
        notice(language.texts.closed, language.texts.closedText, language, status: 403)
    }

    /// A page that only tells something.
    static func notice(_ title: String, _ text: String, _ language: PayLanguage, status: Int) -> APIResponse {
        let body = "<main><h1>\(HTML.escaped(title))</h1><p>\(HTML.escaped(text))</p></main>"
        return response(title: title, language: language, body: body, status: status)
    }
}
