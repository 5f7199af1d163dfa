import Router

/// The hosted page of one payment in one language, as HTML.
///
/// Everything a payer sees stands in the page itself, so that it can be used without scripts.
struct PayPage {
    let aggregate: OrderAggregate
    let offers: [Engine.Offer]
    let language: PayLanguage
    let publicURL: String
    /// Opens this page.
    let token: String
    let now: Moment
    /// Whether the payer can still go back to the choice of channels, or end the payment, because the operator can end its page.
    var leave: Engine.WaysToLeave = []
    /// What was wrong with what the payer sent.
    var error: String?

    private var order: Order { aggregate.order }
    private var texts: PayTexts { language.texts }

    /// Changes whenever the page would show something else.
    static func mark(_ aggregate: OrderAggregate) -> String {
        let states = aggregate.attempts.flatMap(\.history).count
        let order = aggregate.order
        return
            "\(order.status.rawValue)-\(order.certainty.rawValue)-\(states)-\(order.nextActions.count)-\(aggregate.wrongCodes)\(order.movedAfterAll ? "-moved" : "")"
    }

    func response(status: Int = 200) -> APIResponse {
        let isFinal = order.status.isFinal || order.status == .authorized
        let body = """
            <main data-payment="\(order.id)" data-status="\(order.status.rawValue)" data-final="\(isFinal ? 1 : 0)" \
            data-ready="\(order.status == .awaitingAcceptance && !awaitsCode ? 1 : 0)" data-mark="\(Self.mark(aggregate))" aria-live="polite">
            \(content)
            </main>
            <footer><nav aria-label="\(escaped(texts.language))">\(languages)</nav>\
            \(isFinal ? "" : "<noscript><p>\(escaped(texts.reload))</p></noscript>")</footer>
            """
        return PayFrame.response(
            title: texts.title, language: language, body: body, status: status, formTargets: formTargets)
    }

    private var content: String {
        switch order.status {
        case .succeeded: end(texts.succeeded, texts.succeededText, "good", order.request.returnURLs.success)
        case .authorized: end(texts.authorized, texts.succeededText, "good", order.request.returnURLs.success)
        case .failed: end(texts.failed, failureText, "bad", order.request.returnURLs.failure)
        case .cancelled:
            end(
                texts.cancelled, order.movedAfterAll ? texts.takenAfterAll : texts.failedText, "bad",
                order.request.returnURLs.cancel)
        case .underReview: heading(texts.underReview) + summary + paragraph(texts.underReviewText) + notReceived
        case .processing: heading(texts.processing) + summary + paragraph(texts.processingText) + notReceived
        case .awaitingCustomer: order.awaitsChoice ? choice : actions
        case .awaitingAcceptance: awaitsCode ? actions : shopsTurn
        }
    }

    // MARK: What waits for the shop

    /// Whether the payer has a code to type, which the shop then sends.
    private var awaitsCode: Bool {
        order.nextActions.contains { if case .enterCode = $0 { true } else { false } }
    }

    /// Nothing is left for the payer to do before the shop has accepted.
    private var shopsTurn: String {
        let isHeld = order.purpose == .authorize
        return heading(isHeld ? texts.authorized : texts.shopsTurn, isHeld ? "good" : "") + summary
            + paragraph(isHeld ? texts.heldForShop : texts.shopsTurnText) + countdown(order.acceptableUntil)
            + (isHeld ? "" : cancel)
    }

    // MARK: Pieces

    private func heading(_ text: String, _ mood: String = "") -> String {
        "<h1\(mood.isEmpty ? "" : " class=\"\(mood)\"")>\(escaped(text))</h1>"
    }

    private func paragraph(_ text: String) -> String { "<p>\(escaped(text))</p>" }

    private var summary: String {
        let request = order.request
        var rows: [(String, String)] = []
        if let shop = request.shop { rows.append((texts.shopLabel, "<bdi>\(escaped(shop))</bdi>")) }
        if let text = request.description { rows.append((texts.descriptionLabel, "<bdi>\(escaped(text))</bdi>")) }
        if let number = request.reference { rows.append((texts.orderLabel, "<bdi>\(escaped(number))</bdi>")) }
        rows.append((texts.amountLabel, "<span class=\"amount\">\(escaped(texts.amount(request.amount)))</span>"))
        let text = rows.map { "<dt>\(escaped($0.0))</dt><dd>\($0.1)</dd>" }.joined()
        return "<dl>\(text)</dl>" + (error.map { "<p class=\"error\" role=\"alert\">\(escaped($0))</p>" } ?? "")
    }

    private var choice: String {
        guard !offers.isEmpty else {
            return heading(texts.chooseChannel) + summary + lastTry + paragraph(texts.unavailable) + cancel
        }
        let given = order.request.customer.phone
        let needsPhone = given == nil && offers.contains(where: \.needsPhone)
        let names = texts.names(offers.map { ($0.channel.text, $0.name, $0.action) })
        let choices = zip(offers, names).enumerated().map { index, item in
            let (offer, (name, way)) = item
            return """
                <label class="choice"><input type="radio" name="channel" value="\(offer.channel)" required \
                data-phone="\(offer.needsPhone ? 1 : 0)"\(index == 0 ? " checked" : "")>\
                <span><bdi>\(escaped(name))</bdi>\(way.map { " <span class=\"hint\">\(escaped($0))</span>" } ?? "")</span></label>
                """
        }
        let phone = """
            <label class="field" data-phone-field>\(escaped(texts.phoneLabel)) <span class="hint">\(escaped(texts.phoneHint))</span>\
            <input name="phone" type="tel" inputmode="tel" autocomplete="tel" maxlength="30" dir="ltr"></label>
            """
        return heading(texts.chooseChannel) + summary + lastTry + """
            <form method="post" action="\(link("choose"))"><fieldset><legend class="unseen">\(escaped(texts.chooseChannel))</legend>
            \(choices.joined(separator: "\n"))</fieldset>\(needsPhone ? phone : "")
            <button>\(escaped(texts.payButton))</button></form>
            """ + cancel + countdown(order.deadline)
    }

    /// Why the payer is asked once more, where a try was made before.
    private var lastTry: String {
        guard error == nil, let last = aggregate.attempts.last, !last.wasLeft, let refusal = last.refusal else {
            return ""
        }
        return "<p class=\"error\">\(escaped(texts.why(refusal.reason)))</p>" + paragraph(texts.lastTry)
    }

    /// The button that opens the payer's app where the page is shown on the phone itself; a page of the operator that has
    /// the same address has its own button.
    private func app(_ action: CustomerAction) -> String {
        guard let link = action.appLink, !order.nextActions.contains(.redirect(url: link)) else { return "" }
        return
            "<a class=\"button app\" href=\"\(escaped(link))\" rel=\"noopener noreferrer\" target=\"_top\">\(escaped(texts.openApp))</a>"
    }

    private var actions: String {
        let shown = order.nextActions.filter { $0 != .wait }
        var parts: [String] = [summary]
        var title = texts.processing
        for action in shown {
            switch action {
            case .approveOnPhone(let hint):
                title = texts.approveOnPhone
                let phone = order.customer.phone?.masked ?? ""
                // Isolated, so that the plus stays in front where text runs from the right.
                parts.append(paragraph(PayTexts.filled(texts.approveText, "phone", "\u{2066}\(phone)\u{2069}")))
                if let hint { parts.append(paragraph(PayTexts.filled(texts.expectText, "hint", hint))) }
            case .showQR:
                title = texts.title
                parts.append(
                    """
                    <p>\(escaped(texts.scanText))</p><img class="qr" alt="\(escaped(texts.qrAlternative))" \
                    width="272" height="272" src="\(publicURL)/v1/payments/\(order.id)/qr.svg">\(app(action))
                    """)
            case .redirect(let url):
                title = texts.title
                parts.append(
                    """
                    <a class="button" href="\(escaped(url))" rel="noopener noreferrer" target="_top">\
                    \(escaped(texts.continueButton))</a>
                    """)
            case .submitForm(let url, let fields):
                title = texts.title
                let inputs = fields.map {
                    "<input type=\"hidden\" name=\"\(escaped($0.name))\" value=\"\(escaped($0.value))\">"
                }
                parts.append(
                    """
                    <form method="post" action="\(escaped(url))" target="_top" data-forward="\(aggregate.attempts.count)">\
                    \(inputs.joined())<button>\(escaped(texts.continueButton))</button></form>
                    """)
            case .enterCode(let length):
                title = texts.title
                parts.append(code(length))
            case .wait: break
            }
        }
        let end = aggregate.liveAttempt?.sessionExpiresAt ?? (order.awaitsInput ? order.deadline : nil)
        return heading(title) + parts.joined(separator: "\n") + (end.map(countdown) ?? "")
            + (order.awaitsInput ? cancel : notReceived) + ways
    }

    private var ways: String {
        let change = """
            <form method="post" action="\(link("change"))"><button class="quiet">\(escaped(texts.changeButton))</button></form>
            """
        return (leave.contains(.change) ? change : "") + (leave.contains(.cancel) ? cancel : "")
    }

    private func code(_ length: Int?) -> String {
        let isRefused = order.awaitsInput && aggregate.wrongCodes > 0
        let left = PayTexts.filled(texts.codesLeft, "count", String(aggregate.codeTriesLeft))
        let said = isRefused && error == nil ? [texts.codeRefused, left] : isRefused ? [left] : []
        let warning = said.isEmpty ? "" : "<p class=\"error\">\(escaped(said.joined(separator: " ")))</p>"
        let hand = order.awaitsAcceptance ? " data-hand" : ""
        let handed =
            order.awaitsAcceptance
            ? paragraph(texts.codeForShop) + "<p data-handed hidden role=\"status\">\(escaped(texts.shopsTurnText))</p>"
            : ""
        let limit = length.map { " maxlength=\"\($0)\" pattern=\".{\($0)}\"" } ?? " maxlength=\"64\""
        return """
            \(warning)\(handed)<form method="post" action="\(link("confirm"))"\(hand)><label class="field">\(escaped(texts.codeLabel))\
            <input name="code" required inputmode="numeric" autocomplete="one-time-code"\(limit)></label>
            <button>\(escaped(texts.codeButton))</button></form>
            """
    }

    /// Explains and looks again; never starts a second payment.
    private var notReceived: String {
        """
        <details><summary>\(escaped(texts.notReceived))</summary>\(paragraph(texts.notReceivedText))
        <form method="post" action="\(link("check"))"><button class="quiet">\(escaped(texts.checkButton))</button></form></details>
        """
    }

    private var cancel: String {
        """
        <form method="post" action="\(link("cancel"))"><button class="quiet">\(escaped(texts.cancelButton))</button></form>
        """
    }

    private func countdown(_ end: Moment) -> String {
        guard end > now else { return "" }
        let clock = String(end.description.dropFirst(11).prefix(5))
        let text = PayTexts.filled(texts.until, "time", clock)
        return """
            <p class="time"><span>\(escaped(texts.remaining))</span> \
            <time datetime="\(end)" data-end="\(end.milliseconds)">\(escaped(text))</time></p>
            """
    }

    private func end(_ title: String, _ text: String, _ mood: String, _ url: String?) -> String {
        let fallback = order.request.returnURLs.success ?? order.request.returnURLs.failure
        let label = order.status == .failed && !order.movedAfterAll ? texts.tryAgain : texts.backToShop
        let back = (url ?? fallback).map {
            "<a class=\"button\" target=\"_top\" href=\"\(escaped($0))\">\(escaped(label))</a>"
        }
        return heading(title, mood) + summary + paragraph(text) + (back ?? "")
    }

    private var failureText: String {
        switch order.failure?.code {
        case _ where order.movedAfterAll: texts.takenAfterAll
        case RefusalReason.wrongCode.rawValue where aggregate.codeTriesLeft == 0: texts.codesUsedUp
        case OrderFailure.notAccepted.code: texts.notAccepted
        case let code?: texts.why(code: code).map { "\(texts.failedText) \($0)" } ?? texts.failedText
        case nil: texts.failedText
        }
    }

    private var languages: String {
        PayLanguage.allCases.map { other in
            let mark = other == language ? " aria-current=\"true\"" : ""
            return
                "<a href=\"\(link("", other))\" lang=\"\(other.rawValue)\" hreflang=\"\(other.rawValue)\"\(mark)>\(other.name)</a>"
        }
        .joined()
    }

    /// An address below this page, with its token.
    private func link(_ action: String, _ other: PayLanguage? = nil) -> String {
        let path = action.isEmpty ? "/pay/\(order.id)" : "/pay/\(order.id)/\(action)"
        return escaped("\(path)?t=\(token)&lang=\((other ?? language).rawValue)")
    }

    /// Where forms may go besides here: the operator's page, if the payer is to be posted there.
    private var formTargets: [String] {
        order.nextActions.compactMap { action in
            guard case .submitForm(let url, _) = action else { return nil }
            return WebOrigin.of(url)
        }
    }

    private func escaped(_ text: String) -> String { HTML.escaped(text) }
}

/// Scheme, host and port of an address, as browsers compare them.
enum WebOrigin {
    /// Scheme, host and port; `nil` if the text is no plain http(s) address.
    static func of(_ url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: { url.hasPrefix($0) }) else { return nil }
        let rest = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let isPlain = rest.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains(byte)
        }
        return rest.isEmpty || !isPlain ? nil : scheme + rest
    }
}
