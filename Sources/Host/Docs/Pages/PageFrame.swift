import Crypto
import FoundationEssentials

/// What all pages share: head, style, headers.
///
/// Nothing from elsewhere; no script but the one that a page brings along, known to the browser by its hash.
enum PageFrame {
    static func response(title: String, status: Int = 200, body: String, script: String? = nil) -> APIResponse {
        let page = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTML.escaped(title))</title>
            <style>\(Resources.Docs.pageCSS)</style>
            </head>
            <body>
            \(body)\(script.map { "\n<script>\($0)</script>" } ?? "")
            </body>
            </html>

            """
        return .bytes(Array(page.utf8), type: "text/html; charset=utf-8", status: status)
            .with("content-security-policy", policy(script))
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
    }

    /// Allows the one style sheet, the one script if there is one, and nothing else.
    static func policy(_ script: String? = nil) -> String {
        var rules = ["default-src 'none'", "style-src \(hash(Resources.Docs.pageCSS))"]
        if let script { rules.append("script-src \(hash(script))") }
        rules += ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
        return rules.joined(separator: "; ")
    }

    private static func hash(_ text: String) -> String {
        "'sha256-\(Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString())'"
    }
}
