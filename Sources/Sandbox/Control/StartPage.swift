/// `/`: what a person finds here, first of all what waits for one.
struct StartPage: Sendable {
    var prompts: [SandboxPrompt]
    /// The sandbox's address.
    var base: String
    /// Milliseconds since 1970.
    var now: Int64

    /// The page; it loads itself again, so that a new prompt appears while somebody looks.
    var answer: Answer {
        .html(
            HTMLPage.render(
                title: "Sandbox operators", refreshSeconds: 5,
                """
                <p>These operators speak the real wire formats and keep their own books.
                You are the payer: answer here what their phones ask.</p>
                <h2 id="prompts">Open prompts</h2>
                \(open)
                <h2>Operators</h2>
                <ul>\(SimulatedOperators.all.map { "<li>\($0.about)</li>" }.joined(separator: "\n"))</ul>
                <p>Pages that a payer opens in a browser are at the payment's <code>next_action.url</code>.</p>
                <h2>Looking behind</h2>
                <ul><li><a href="\(base)/_books">Movements executed</a></li>
                <li><a href="\(base)/_requests">Requests received</a></li>
                <li><a href="\(base)/_faults">Faults that wait for requests</a></li>
                <li><a href="\(base)/_blocked">Wallets blocked by wrong PINs</a></li>
                <li><a href="\(base)/_callers">Addresses that may call</a></li></ul>
                <h2 id="values">Magic values</h2>
                <p>These decide by themselves; <code>payrouter test-values</code> prints them with whole requests.</p>
                \(table(["Operator", "Outcome", "Goes in", "Value"], values))
                """))
    }

    private var open: String {
        guard !prompts.isEmpty else {
            return "<p>None. Begin a payment with a phone that is no magic value; its prompt appears here.</p>"
        }
        let rows = prompts.map { prompt in
            [
                // First what is pressed, so that a narrow screen shows it.
                prompt.buttons(base),
                "<a href=\"\(HTMLPage.escape(base + prompt.phonePath))\">\(HTMLPage.escape(prompt.party))</a>",
                "\(prompt.amount) \(HTMLPage.escape(prompt.currency))", prompt.remaining(now: now),
                prompt.operator.rawValue, HTMLPage.escape(prompt.text),
            ]
        }
        return table(["Answer", "Phone", "Smallest units", "Still waits", "Operator", "For"], rows)
    }

    private var values: [[String]] {
        SandboxScenario.all.map { scenario in
            [
                scenario.operator.rawValue, HTMLPage.escape(scenario.name), scenario.trigger.place,
                "<code>\(HTMLPage.escape(scenario.trigger.text))</code>",
            ]
        }
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        let cells = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }
        let names = head.map { "<th>\($0)</th>" }.joined()
        return "<div class=\"scroll\"><table><tr>\(names)</tr>\n\(cells.joined(separator: "\n"))</table></div>"
    }
}
