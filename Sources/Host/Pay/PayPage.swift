import Pages
import Router
import WebText

/// The hosted page of one payment in one language: what `pay/payment.mustache` is filled with.
///
/// Which message, which button: that is decided here; how it looks, in the template.
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
    /// Whether it is shown on a phone, which does not scan itself: the code for another one is folded up there.
    var isOnPhone = false

    var order: Order { aggregate.order }
    var texts: PayTexts { language.texts }

    /// Changes whenever the page would show something else.
    static func mark(_ aggregate: OrderAggregate) -> String {
        let states = aggregate.attempts.flatMap(\.history).count
        let order = aggregate.order
        return
            "\(order.status.rawValue)-\(order.certainty.rawValue)-\(states)-\(order.nextActions.count)-\(aggregate.wrongCodes)\(order.movedAfterAll ? "-moved" : "")"
    }

    func response(status: Int = 200) -> APIResponse {
        PayFrame.response(.payment, model, language: language, status: status, formTargets: formTargets)
    }

    /// Everything that the template names.
    var model: PageModel {
        let isFinal = order.status.isFinal || order.status == .authorized
        let common: PageModel = [
            "payment": "\(order.id)", "status": .text(order.status.rawValue), "final": isFinal ? "1" : "0",
            "ready": order.status == .awaitingAcceptance && !awaitsCode ? "1" : "0",
            "mark": .text(Self.mark(aggregate)), "isFinal": .flag(isFinal), "details": .list(details),
            "amount": .text(texts.amount(order.request.amount)), "error": .text(error), "links": .words(links),
            "languages": .list(languages),
        ]
        let parts: PageModel = [
            "byWallet": nil, "mood": nil, "lastTry": nil, "message": nil, "choice": nil, "steps": nil, "until": nil,
            "mayCancel": false,
            "mayCheck": false, "mayChange": false, "back": nil,
        ]
        return common.with(parts).with(content)
    }

    /// The parts that the payment's state needs.
    private var content: PageModel {
        let urls = order.request.returnURLs
        return switch order.status {
        case .succeeded: end(texts.succeeded, texts.succeededText, "good", urls.success)
        case .authorized: end(texts.authorized, texts.succeededText, "good", urls.success)
        case .failed: end(texts.failed, failureText, "bad", urls.failure)
        case .cancelled:
            end(texts.cancelled, order.movedAfterAll ? texts.takenAfterAll : texts.failedText, "bad", urls.cancel)
        case .underReview: waiting(texts.underReview, texts.underReviewText)
        case .processing: waiting(texts.processing, texts.processingText)
        case .awaitingCustomer: order.awaitsChoice ? choice : actions
        case .awaitingAcceptance: awaitsCode ? actions : shopsTurn
        }
    }

    /// Nobody can do anything now but look again, which never starts a second payment.
    private func waiting(_ heading: String, _ message: String) -> PageModel {
        ["heading": .text(heading), "message": .text(message), "mayCheck": true]
    }

    private func end(_ heading: String, _ message: String, _ mood: String, _ url: String?) -> PageModel {
        let fallback = order.request.returnURLs.success ?? order.request.returnURLs.failure
        let label = order.status == .failed && !order.movedAfterAll ? texts.tryAgain : texts.backToShop
        let back = (url ?? fallback).map { ["address": .text($0), "label": .text(label)] as PageModel }
        return [
            "heading": .text(heading), "mood": .text(mood), "message": .text(message), "back": .model(back),
        ]
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

    // MARK: What waits for the shop

    /// Whether the payer has a code to type, which the shop then sends.
    private var awaitsCode: Bool {
        order.nextActions.contains { if case .enterCode = $0 { true } else { false } }
    }

    /// Nothing is left for the payer to do before the shop has accepted.
    private var shopsTurn: PageModel {
        let isHeld = order.purpose == .authorize
        return [
            "heading": .text(isHeld ? texts.authorized : texts.shopsTurn), "mood": isHeld ? "good" : nil,
            "message": .text(isHeld ? texts.heldForShop : texts.shopsTurnText),
            "until": countdown(order.acceptableUntil), "mayCancel": .flag(!isHeld),
        ]
    }

    // MARK: The choice of a channel

    private var choice: PageModel {
        let isOpen = !offers.isEmpty
        let hasOthers = offers.contains { !$0.takesWallets }
        return [
            "heading": .text(texts.chooseChannel), "lastTry": .text(lastTry), "mayCancel": true,
            "message": .text(isOpen ? nil : texts.unavailable), "choice": .model(hasOthers ? channels : nil),
            "byWallet": .model(offers.contains(where: \.takesWallets) ? byWallet : nil),
            "until": isOpen ? countdown(order.deadline) : nil,
        ]
    }

    /// The way to the pages on which holders sign in; the top of the window, because nobody frames them.
    private var byWallet: PageModel {
        [
            "address": .text("/wallet/pay/\(order.id)?t=\(token)&lang=\(language.rawValue)"),
            "label": .text(HolderTexts.of(language)["payTitle"]),
            "picture": .text("/pay/\(order.id)/wallet.svg?t=\(token)"), "isFolded": .flag(isOnPhone),
        ]
    }

    private var channels: PageModel {
        let offers = offers.filter { !$0.takesWallets }
        let names = texts.names(offers.map { ($0.channel.text, $0.name, $0.action) })
        let channels = zip(offers, names).enumerated().map { index, item -> PageModel in
            let (offer, (name, way)) = item
            return [
                "channel": "\(offer.channel)", "needsPhone": offer.needsPhone ? "1" : "0", "isFirst": .flag(index == 0),
                "name": .text(name), "way": .text(way),
            ]
        }
        let asksPhone = order.request.customer.phone == nil && offers.contains(where: \.needsPhone)
        return ["channels": .list(channels), "asksPhone": .flag(asksPhone)]
    }

    /// Why the payer is asked once more, where a try was made before.
    private var lastTry: String? {
        guard error == nil, let last = aggregate.attempts.last, !last.wasLeft else { return nil }
        return last.refusal.map { texts.why($0.reason) }
    }

    // MARK: On every page

    private var details: [PageModel] {
        let request = order.request
        let all = [
            (texts.shopLabel, request.shop), (texts.descriptionLabel, request.description),
            (texts.orderLabel, request.reference),
        ]
        return all.compactMap { label, value in
            value.map { ["label": .text(label), "value": .text($0)] }
        }
    }

    private var languages: [PageModel] {
        PayLanguage.allCases.map { other in
            [
                "address": .text(link("", other)), "language": .text(other.rawValue), "name": .text(other.name),
                "isCurrent": .flag(other == language),
            ]
        }
    }

    /// Where the page's own forms go.
    private var links: [String: String] {
        let actions = ["choose", "confirm", "check", "cancel", "change"]
        return Dictionary(uniqueKeysWithValues: actions.map { ($0, link("/\($0)", language)) })
    }

    /// An address below this page, with its token.
    private func link(_ action: String, _ other: PayLanguage) -> String {
        "/pay/\(order.id)\(action)?t=\(token)&lang=\(other.rawValue)"
    }

    /// Until when something can be done; a moment that is past counts no more.
    func countdown(_ end: Moment) -> PageValue {
        guard end > now else { return nil }
        let clock = String(end.description.dropFirst(11).prefix(5))
        return .model([
            "end": "\(end)", "milliseconds": "\(end.milliseconds)",
            "text": .text(PayTexts.filled(texts.until, "time", clock)),
        ])
    }

    /// Where forms may go besides here: the operator's page, if the payer is to be posted there.
    private var formTargets: [String] {
        order.nextActions.compactMap { action in
            guard case .submitForm(let url, _) = action else { return nil }
            return (try? WebURL(url))?.origin
        }
    }
}
