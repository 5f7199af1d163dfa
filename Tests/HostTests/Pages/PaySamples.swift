import RouterTestKit

@testable import Host
@testable import Router

/// Hosted pages of every kind: each status, each action, each thing that can be said.
enum PaySamples {
    static let start = Moment(milliseconds: 1_795_253_400_000)
    private static let id = OrderID(known: "pay_01JD3K0000PPPPPPPPPPPPPPPP")

    /// Every sample in one language, by what it shows.
    static func all(_ language: PayLanguage) -> [(name: String, page: PayPage)] {
        ends(language) + choices(language) + tasks(language) + shops(language)
    }

    private static func ends(_ language: PayLanguage) -> [(name: String, page: PayPage)] {
        let statuses = OrderStatus.allCases.filter { $0 != .awaitingCustomer && $0 != .awaitingAcceptance }
        return statuses.map { status in (status.rawValue, page(language) { $0.status = status }) }
            + ["wrong_code", "not_accepted", "insufficient_funds", "no_provider", "nonsense"].map { code in
                let failure = OrderFailure(code: code, blame: .payer, retryable: false)
                return (
                    "failed, \(code)",
                    page(language) { order in
                        order.status = .failed
                        order.failure = failure
                        order.codeRefusals = 3
                    }
                )
            }
            + [
                ("without a way back", page(language, urls: ReturnURLs()) { $0.status = .succeeded }),
                ("back by the other way", page(language, urls: ReturnURLs(failure: "/f")) { $0.status = .cancelled }),
                ("taken after all", page(language, late: true) { $0.status = .failed }),
                ("taken after all", page(language, late: true) { $0.status = .cancelled }),
            ]
    }

    private static func choices(_ language: PayLanguage) -> [(name: String, page: PayPage)] {
        let offers: [Engine.Offer] = [
            .init(
                channel: "tmoney", needsPhone: true, phoneCountries: ["TG"], name: "T<Money", action: .approveOnPhone),
            .init(channel: "tmoney-online", needsPhone: false, phoneCountries: [], name: "T<Money", action: .redirect),
            .init(channel: "card", needsPhone: false, phoneCountries: [], name: nil, action: nil),
        ]
        func choice(
            _ offers: [Engine.Offer], _ refusal: RefusalReason? = nil, error: String? = nil, phone: MSISDN? = nil
        ) -> PayPage {
            page(language, offers, error: error, refusal: refusal, hosted: true, phone: phone) { order in
                order.status = .awaitingCustomer
                order.awaitsInput = true
            }
        }
        let phone = MSISDN(callingCode: "228", countryCode: "TG", national: "90112233")
        var wallet = Engine.Offer(
            channel: "wallet", needsPhone: false, phoneCountries: [], name: "Wallet", action: nil)
        wallet.takesWallets = true
        var onPhone = choice([wallet])
        onPhone.isOnPhone = true
        return [
            ("choice", choice(offers)), ("choice, wrong", choice(offers, error: "<no> & \"never\"")),
            ("choice, again", choice(offers, .insufficientFunds)),
            ("choice, known phone", choice(offers, phone: phone)),
            ("choice with a wallet", choice(offers + [wallet])), ("choice of a wallet", choice([wallet])),
            ("choice of a wallet, on a phone", onPhone),
            ("no choice", choice([])), ("no choice, again", choice([], .declined)),
        ]
    }

    private static func tasks(_ language: PayLanguage) -> [(name: String, page: PayPage)] {
        let link = "https://wallet.example/?a=1&b=2"
        let form: CustomerAction = .submitForm(
            url: "https://operator.example:8443/pay?x=1&y", fields: [.init("a", "1 < 2"), .init("b\"", "'")])
        let actions: [(String, [CustomerAction])] = [
            ("prompt", [.approveOnPhone(hint: nil)]), ("prompt with hint", [.approveOnPhone(hint: "Shop & Co")]),
            ("qr", [.showQR(content: "000201")]), ("qr with app", [.showQR(content: link)]),
            ("qr and page", [.showQR(content: link), .redirect(url: link)]), ("page", [.redirect(url: link)]),
            ("form", [form]), ("qr and code", [.showQR(content: link), .enterCode(length: 6)]),
            ("code", [.enterCode(length: nil)]), ("nothing", [.wait]), ("nothing at all", []),
        ]
        return actions.flatMap { name, actions -> [(name: String, page: PayPage)] in
            [nil, "what was wrong"].flatMap { error in
                [(false, 0), (true, 0), (true, 2)].flatMap { awaitsInput, refused in
                    [[], .cancel, [.change, .cancel]].map { (leave: Engine.WaysToLeave) in
                        let made = page(language, error: error, leave: awaitsInput ? [] : leave, isLive: !awaitsInput) {
                            order in
                            order.status = .awaitingCustomer
                            order.nextActions = actions
                            order.awaitsInput = awaitsInput
                            order.codeRefusals = refused
                        }
                        return ("\(name), \(error ?? "fine"), \(awaitsInput), \(refused), \(leave.rawValue)", made)
                    }
                }
            }
        }
    }

    private static func shops(_ language: PayLanguage) -> [(name: String, page: PayPage)] {
        func waiting(_ change: @escaping (inout Order) -> Void) -> PayPage {
            page(language, needsAcceptance: true) { order in
                order.status = .awaitingAcceptance
                change(&order)
            }
        }
        return [
            ("shop's turn", waiting { _ in }), ("held for the shop", waiting { $0.holdInstead() }),
            ("lapsed", waiting { $0.acceptBy = start.adding(seconds: -1) }),
            (
                "code for the shop",
                waiting { order in
                    order.nextActions = [.enterCode(length: 4)]
                    order.awaitsInput = true
                }
            ),
        ]
    }

    private static func page(
        _ language: PayLanguage, _ offers: [Engine.Offer] = [], error: String? = nil, refusal: RefusalReason? = nil,
        hosted: Bool = false, phone: MSISDN? = nil, needsAcceptance: Bool = false, leave: Engine.WaysToLeave = [],
        isLive: Bool = false, late: Bool = false,
        urls: ReturnURLs = ReturnURLs(success: "https://shop.example/?a=1&b=2", failure: "https://shop.example/no"),
        _ change: (inout Order) -> Void
    ) -> PayPage {
        var request = OrderRequest(
            amount: Money(1_250_000, .xof), customer: Customer(phone: phone), reference: "A & \"17\"",
            description: language == .english ? nil : "2 × <b>T-shirt</b>", returnURLs: urls)
        (request.isHosted, request.needsAcceptance) = (hosted, needsAcceptance)
        request.shop = hosted ? nil : "Chez l'ami"
        var order = Order(
            id: id, app: AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA"), environment: .sandbox, request: request,
            idempotencyKey: "k", requestID: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"), createdAt: start,
            plan: [], explanation: .null, movement: MovementID(known: "mov_01JD3K0000MMMMMMMMMMMMMMMM"))
        change(&order)
        var attempts: [Attempt] = []
        if refusal != nil || isLive || late {
            var attempt = Attempt(
                id: AttemptID(known: "att_01JD3K0000AAAAAAAAAAAAAAAA"), of: order, ordinal: 1, provider: "alpha",
                channel: "tmoney", scope: "", reference: "r", epoch: 1, at: start)
            attempt.refusal = refusal.map { Refusal($0) }
            attempt.sessionExpiresAt = isLive ? start.adding(seconds: 120) : nil
            if late {
                for input in [.sendOpened, .refused] as [AttemptInput] { _ = attempt.apply(input, at: start) }
                attempt.disputes = [.lateSuccess]
            }
            attempts = [attempt]
        }
        return PayPage(
            aggregate: OrderAggregate(stored: order, attempts: attempts), offers: offers, language: language,
            publicURL: "https://pay.example", token: "1795253400-abc", now: start, leave: leave, error: error)
    }
}
