/// Renders the few pages on which a person plays the payer.
enum HTMLPage {
    /// A button that posts one decision to an address.
    struct Button {
        var label: String
        var decision: String
        var action: String

        fileprivate var html: String {
            """
            <form method="post" action="\(escape(action))"><button name="decision" value="\(escape(decision))">\
            \(escape(label))</button></form>
            """
        }
    }

    /// A whole page.
    ///
    /// The title is plain text; the content is HTML in which every value is escaped already. With `refreshSeconds` the
    /// browser loads it again so often.
    static func render(title: String, refreshSeconds: Int? = nil, _ content: String) -> String {
        let refresh = refreshSeconds.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">" } ?? ""
        return """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\(refresh)
            <title>\(escape(title))</title><style>body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;\
            padding:0 1rem}form{display:inline-block;margin:0 .5rem .5rem 0}button{font:inherit;padding:.4rem 1rem}\
            .scroll{overflow-x:auto}table{border-collapse:collapse}td form{margin:0 .3rem 0 0}td,th{padding:.2rem .8rem .2rem 0;text-align:left}</style></head>
            <body><h1>\(escape(title))</h1>
            \(content)
            <p><small>Sandbox operator: no money moves here.</small></p></body></html>
            """
    }

    /// Tells that an amount is magic.
    static let decidesByItself = """
        <p>This amount decides by itself once its page is opened or its code is scanned; reload in a few seconds.</p>
        """

    static func buttons(_ buttons: [Button]) -> String { buttons.map(\.html).joined() }

    /// Makes any text safe inside elements and quoted attributes.
    static func escape(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.append(character)
            }
        }
        return out
    }
}
