import Crypto
import Pages
import WebText

/// What all pages of documentation share: head, style, headers.
///
/// Nothing from elsewhere; no script but the one that a page brings along, known to the browser by its hash.
enum PageFrame {
    static func response(_ page: HostPage, _ model: PageModel, script: String? = nil) -> APIResponse {
        .html(page.rendered(framed(model, script: script)))
            .with("content-security-policy", policy(script))
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
    }

    /// A model with what every page needs; style and script stand in the page as the browser hashes them.
    static func framed(_ model: PageModel, script: String? = nil) -> PageModel {
        model.with(["style": .verbatim(Resources.Docs.pageCSS), "script": .verbatim(script)])
    }

    /// Allows the one style sheet, the one script if there is one, and nothing else.
    static func policy(_ script: String? = nil) -> String {
        var rules = ["default-src 'none'", "style-src \(hash(Resources.Docs.pageCSS))"]
        if let script { rules.append("script-src \(hash(script))") }
        rules += ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
        return rules.joined(separator: "; ")
    }

    /// How a policy names a script or a style.
    static func hash(_ text: String) -> String {
        "'sha256-\(Base64.encode(SHA256.hash(data: Array(text.utf8))))'"
    }
}
