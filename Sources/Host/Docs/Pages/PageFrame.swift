import Crypto
import Pages
import WebText

/// What all pages of documentation share: head, style, headers.
///
/// Nothing from elsewhere; no script but those that a page brings along, known to the browser by their hashes.
enum PageFrame {
    static func response(_ page: HostPage, _ model: PageModel, scripts: [String] = []) -> APIResponse {
        .html(page.rendered(framed(model, scripts: scripts)))
            .with("content-security-policy", policy(scripts))
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
    }

    /// A model with what every page needs; style and scripts stand in the page as the browser hashes them.
    static func framed(_ model: PageModel, scripts: [String] = []) -> PageModel {
        model.with([
            "style": .verbatim(Resources.Docs.pageCSS), "scripts": .list(scripts.map { ["script": .verbatim($0)] }),
        ])
    }

    /// Allows the one style sheet, the scripts if there are any, which may call this router, and nothing else.
    static func policy(_ scripts: [String] = []) -> String {
        var rules = ["default-src 'none'", "style-src \(hash(Resources.Docs.pageCSS))"]
        if !scripts.isEmpty {
            rules += ["script-src \(scripts.map(hash).joined(separator: " "))", "connect-src 'self'"]
        }
        rules += ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
        return rules.joined(separator: "; ")
    }

    /// How a policy names a script or a style.
    static func hash(_ text: String) -> String {
        "'sha256-\(Base64.encode(SHA256.hash(data: Array(text.utf8))))'"
    }
}
