import Pages
import Router

/// What the payer has to do: what `pay/step.mustache` is filled with, once for each action.
extension PayPage {
    private enum Step: String, CaseIterable {
        case phone, qr, page, form, code
    }

    /// The page while the payer has something to do.
    var actions: PageModel {
        let shown = order.nextActions.filter { $0 != .wait }
        let heading =
            switch shown.last {
            case .approveOnPhone: texts.approveOnPhone
            case .wait, nil: texts.processing
            case .showQR, .redirect, .submitForm, .enterCode: texts.title
            }
        let end = aggregate.liveAttempt?.sessionExpiresAt ?? (order.awaitsInput ? order.deadline : nil)
        return [
            "heading": .text(heading), "steps": .list(shown.compactMap(step)), "until": end.map(countdown) ?? .absent,
            "mayCheck": .flag(!order.awaitsInput), "mayChange": .flag(leave.contains(.change)),
            "mayCancel": .flag(order.awaitsInput || leave.contains(.cancel)),
        ]
    }

    private func step(_ action: CustomerAction) -> PageModel? {
        switch action {
        case .approveOnPhone(let hint):
            // Isolated, so that the plus stays in front where text runs from the right.
            let phone = "\u{2066}\(order.customer.phone?.masked ?? "")\u{2069}"
            return .one(
                Step.phone,
                .model([
                    "text": .text(PayTexts.filled(texts.approveText, "phone", phone)),
                    "hint": .text(hint.map { PayTexts.filled(texts.expectText, "hint", $0) }),
                ]))
        case .showQR:
            let picture = "\(publicURL)/v1/payments/\(order.id)/qr.svg"
            return .one(Step.qr, .model(["picture": .text(picture), "app": .text(app(action))]))
        case .redirect(let url): return .one(Step.page, .model(["address": .text(url)]))
        case .submitForm(let url, let fields):
            let inputs = fields.map { ["name": .text($0.name), "value": .text($0.value)] as PageModel }
            return .one(
                Step.form,
                .model(["address": .text(url), "number": "\(aggregate.attempts.count)", "fields": .list(inputs)]))
        case .enterCode(let length): return .one(Step.code, .model(code(length)))
        case .wait: return nil
        }
    }

    /// What opens the payer's app where the page is shown on the phone itself; a page of the operator that has the same
    /// address has its own button.
    private func app(_ action: CustomerAction) -> String? {
        action.appLink.flatMap { order.nextActions.contains(.redirect(url: $0)) ? nil : $0 }
    }

    private func code(_ length: Int?) -> PageModel {
        let isRefused = order.awaitsInput && aggregate.wrongCodes > 0
        let left = PayTexts.filled(texts.codesLeft, "count", String(aggregate.codeTriesLeft))
        let warning = error == nil ? "\(texts.codeRefused) \(left)" : left
        return [
            "warning": .text(isRefused ? warning : nil), "isForShop": .flag(order.awaitsAcceptance),
            "longest": "\(length ?? 64)", "pattern": .text(length.map { ".{\($0)}" }),
        ]
    }
}
