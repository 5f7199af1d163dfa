import Pages

/// What all hosted pages share: head and headers.
enum PayFrame {
    /// A page that loads its style and script from here and nothing from elsewhere.
    ///
    /// It may be framed by any shop: it has no ambient authority (no cookie, no login), only the link's token.
    static func response(
        _ page: HostPage, _ model: PageModel, language: PayLanguage, status: Int = 200, formTargets: [String] = []
    ) -> APIResponse {
        let policy = [
            "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
            (["form-action 'self'"] + formTargets).joined(separator: " "), "base-uri 'none'", "frame-ancestors *",
        ]
        return .html(page.rendered(framed(model, language)), status: status)
            .with("content-security-policy", policy.joined(separator: "; "))
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
            .with("cache-control", "no-store")
    }

    /// A model with what every page needs.
    static func framed(_ model: PageModel, _ language: PayLanguage) -> PageModel {
        let shared: PageModel = [
            "language": .text(language.rawValue), "direction": .text(language.direction),
            "texts": .words(language.words), "title": .text(language.texts.title),
        ]
        return shared.with(model)
    }

    /// What payers see instead of any page of an app that is disabled.
    static func closed(_ language: PayLanguage) -> APIResponse {
        notice(language.texts.closed, language.texts.closedText, language, status: 403)
    }

    /// A page that only tells something.
    static func notice(_ title: String, _ text: String, _ language: PayLanguage, status: Int) -> APIResponse {
        response(.notice, notice(title, text), language: language, status: status)
    }

    /// What `pay/notice.mustache` is filled with.
    static func notice(_ title: String, _ text: String) -> PageModel { ["title": .text(title), "text": .text(text)] }
}

extension APIResponse {
    /// A page for browsers.
    static func html(_ text: String, status: Int = 200) -> APIResponse {
        .bytes(Array(text.utf8), type: "text/html; charset=utf-8", status: status)
    }
}
