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
            <style>\(style)</style>
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
        var rules = ["default-src 'none'", "style-src \(hash(style))"]
        if let script { rules.append("script-src \(hash(script))") }
        rules += ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
        return rules.joined(separator: "; ")
    }

    private static func hash(_ text: String) -> String {
        "'sha256-\(Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString())'"
    }

    /// Contrast is at least 4.5 to 1 in both schemes.
    static let style = colors + rules

    private static let colors = """
        :root{color-scheme:light dark;--text:#1b1f24;--soft:#4d5661;--back:#fff;--panel:#f3f5f7;--line:#c9d0d8;
        --link:#0a4fa8;--mark:#7a2e00}
        @media(prefers-color-scheme:dark){:root{--text:#e8ecf0;--soft:#b3bcc6;--back:#14171a;--panel:#1f2429;
        --line:#3c444d;--link:#8ab8ff;--mark:#ffb38a}}

        """

    private static let rules = """
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:78rem;color:var(--text);background:var(--back);
        font:1rem/1.55 system-ui,sans-serif;overflow-wrap:break-word}
        h1{font-size:1.8rem;line-height:1.2}
        h2{font-size:1.4rem;margin-top:3rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
        h3{font-size:1.1rem;margin-top:2.2rem}
        h4{font-size:1rem;margin:1.2rem 0 .4rem}
        a{color:var(--link)}
        a:focus-visible,.scroll:focus-visible,pre:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        code,pre{font-family:ui-monospace,Consolas,monospace;font-size:.9em}
        code{background:var(--panel);padding:.1em .25em;border-radius:.2em}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:.4rem;padding:.8rem;overflow-x:auto}
        pre code{background:none;padding:0}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;margin:.5rem 0}
        th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top;
        font-weight:normal}
        thead th{color:var(--soft);font-weight:600}
        td p,td ul{margin:.2rem 0}
        nav h2{font-size:1rem;margin:1rem 0 .3rem;border:0;padding:0}
        nav ul{list-style:none;margin:0 0 .4rem;padding:0}
        nav ul ul{padding-left:.9rem;font-size:.9em}
        nav li{margin:.1rem 0}
        nav li a{display:block;padding:.15rem 0}
        nav a[aria-current]{font-weight:700}
        summary{font-weight:700;cursor:pointer;padding:.4rem 0}
        label{display:block;font-weight:700}
        input{width:100%;font:inherit;padding:.45rem .6rem;color:var(--text);background:var(--back);
        border:1px solid var(--soft);border-radius:.4rem}
        input:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        #count{margin:.3rem 0;color:var(--soft);min-height:1.5em}
        #found li{border-bottom:1px solid var(--line)}
        #found small{display:block;color:var(--soft)}
        main{min-width:0;max-width:60rem}
        main>section:first-child>h2{margin-top:0}
        [id]{scroll-margin-top:1rem}
        details.example summary{font-weight:400;color:var(--link)}
        details.example pre{max-height:26rem;overflow:auto}
        @media(min-width:62rem){.frame{display:grid;grid-template-columns:17rem minmax(0,1fr);gap:2.5rem}
        nav{position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:.5rem .5rem 1rem .2rem}}
        .method{color:var(--mark);font-weight:700}
        .soft{color:var(--soft)}
        .skip{position:absolute;left:-100rem}
        .skip:focus{position:static}
        """
}
