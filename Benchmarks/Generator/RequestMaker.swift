import Router

/// What callers ask for, spread as in an installation that sells many things.
struct RequestMaker: Sendable {
    /// How many people pay; each comes back a few times.
    let customers: Int
    /// The share of payments that say what is paid for, and by which customer.
    let sales: Double

    private static let goods = ["Abonnement", "Commande", "Billet", "Recharge", "Livraison", "Inscription"]
    private static let names = [
        "Afi Mensah", "Kossi Agbeko", "Ama Koffi", "Yao Lawson", "Essi Amouzou", "Kodjo Tetteh",
    ]

    /// A payment's terms.
    ///
    /// - Parameters:
    ///   - number: Which payment, from 0.
    ///   - fate: What will become of it.
    ///   - runtime: Where it goes.
    ///   - shop: Whose it is.
    ///   - dice: The payment's own.
    /// - Returns: The terms, checked as a router would have.
    func request(_ number: Int, _ fate: Fate, at runtime: ProviderRuntime, shop: String, _ dice: Dice) -> OrderRequest {
        let manifest = runtime.manifest
        let needsPhone = manifest.requires.contains(.phone)
        var customer = Customer()
        if needsPhone || dice.chance(0.7) { customer.phone = phone(number, fate, dice) }
        if dice.chance(0.25) { customer.name = dice.pick(Self.names) }
        if dice.chance(0.15) { customer.email = "client\(dice.number(1...999_999))@example.tg" }
        var request = OrderRequest(
            amount: amount(manifest, dice), channels: Array(manifest.channels.prefix(1)), customer: customer,
            sourceToken: manifest.requires.contains(.sourceToken) ? Secret("tok_visa") : nil,
            reference: dice.chance(0.6) ? "CMD-\(number + 100_000)" : nil,
            description: dice.chance(0.3) ? dice.pick(Self.goods).map { "\($0) \(dice.number(1...9_999))" } : nil,
            metadata: metadata(number, dice),
            // What is open stays so while somebody measures.
            expiresInSeconds: fate.isOpen ? 86_400 : OrderRequest.defaultExpirySeconds)
        if dice.chance(0.2) {
            request.returnURLs = ReturnURLs(
                success: "https://shop.example/merci", failure: "https://shop.example/echec",
                cancel: "https://shop.example/panier")
        }
        request.shop = shop
        request.capturesLater = fate.isHeld
        request.needsAcceptance = fate.isUnaccepted
        if sales > 0, dice.chance(sales) { tellSale(in: &request, dice) }
        return request
    }

    /// One line or two, of two thousand items of which some are sold more often than others.
    private func tellSale(in request: inout OrderRequest, _ dice: Dice) {
        request.customerID = "client-\(dice.number(0...Int64(customers - 1)))"
        let amount = request.amount.minorUnits
        let parts = dice.chance(0.5) && amount > 1 ? [amount / 2, amount - amount / 2] : [amount]
        request.lineItems = parts.map { part in
            let item = min(dice.number(0...1_999), dice.number(0...1_999))
            return LineItem(item: "sku-\(item)", name: "Article \(item)", quantity: 1, unitAmount: part)
        }
    }

    private func amount(_ manifest: ProviderManifest, _ dice: Dice) -> Money {
        guard let limits = manifest.currencies.first else { return Money(5_000, .xof) }
        let units = dice.weighted(
            [(dice.number(4...40), 60), (dice.number(40...400), 35)], or: dice.number(400...2_000))
        let wanted = units * 50 / limits.step * limits.step
        return Money(min(max(wanted, limits.minimum), limits.maximum), limits.currency)
    }

    private func metadata(_ number: Int, _ dice: Dice) -> [String: String] {
        var metadata: [String: String] = [:]
        if dice.chance(0.4) { metadata["cart"] = "\(dice.number(1_000_000...9_999_999))" }
        if dice.chance(0.2) { metadata["branch"] = dice.pick(["lome", "kara", "sokode", "kpalime"]) }
        if dice.chance(0.1) { metadata["campaign"] = "2026-\(dice.number(1...12))" }
        return metadata
    }

    /// A wallet; those that are being asked are all different, because each can be asked one thing at a time.
    private func phone(_ number: Int, _ fate: Fate, _ dice: Dice) -> MSISDN {
        let customer = fate.isOpen ? 1_000_000 + number % 3_000_000 : Int(dice.number(0...Int64(customers - 1)))
        return MSISDN(callingCode: "228", countryCode: "TG", national: String(90_000_000 + customer % 4_000_000))
    }
}

extension Fate {
    /// Whether the payment has not ended.
    var isOpen: Bool {
        switch self {
        case .asked, .unknown, .underReview, .unaccepted, .held: true
        case .paid, .paidAfterDoubt, .refunded, .declined, .neverSent, .cancelled: false
        }
    }

    var isHeld: Bool {
        if case .held = self { return true }
        return false
    }

    var isUnaccepted: Bool {
        if case .unaccepted = self { return true }
        return false
    }
}
