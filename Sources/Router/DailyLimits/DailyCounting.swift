import WebText

/// What orders count on the daily limits that are configured.
///
/// A number's limit is one for all apps of an environment, so that a refusal tells an app something of a number that others
/// used. It is kept to that. The app's own limits are looked at first: whoever is beyond them learns nothing of any number. Of a
/// number neither what is left is told nor when there will be more. And only what may reach the number next looks at its
/// limit: no quote, no explained route, no page that waits for a payer or a shop. Smaller and smaller amounts would still
/// find out what is left, at the price of real orders.
struct DailyCounting: Sendable {
    private let limits: DailyLimits
    private let sealer: Sealer

    init(_ limits: DailyLimits, _ sealer: Sealer) { (self.limits, self.sealer) = (limits, sealer) }

    /// What an order counts as it is now, whether it has done so before or not.
    ///
    /// What a browser began takes nothing from the app before the shop accepts it: otherwise strangers could use the app up.
    func uses(_ order: Order, at now: Moment) -> [DailyUse] {
        guard !limits.isEmpty else { return [] }
        let key = DailyLimits.Key(order.kind, order.amount.currency)
        var uses: [DailyUse] = []
        if !order.awaitsAcceptance, let most = limits.perApp[key] { uses += Self.uses(of: .app, most, at: now) }
        if !order.awaitsChoice, !order.sendsNothingYet, let phone = order.customer.phone,
            let most = limits.perNumber[key]
        {
            uses += Self.uses(of: .number(mark(phone, order.environment)), most, at: now)
        }
        return uses
    }

    /// The mark of the number that a payer has chosen; `nil` without one, or where nothing counts it.
    func mark(_ phone: MSISDN?, chosenFor order: Order) -> String? {
        guard let phone, !limits.isEmpty || !order.dailyUses.isEmpty else { return nil }
        return mark(phone, order.environment)
    }

    private static func uses(of subject: DailyUse.Subject, _ most: DailyLimits.Most, at now: Moment) -> [DailyUse] {
        WalletLimit.Measure.allCases.compactMap { measure in
            most.of(measure).map { DailyUse(subject, measure, most: $0, at: now) }
        }
    }

    /// Unlike the fingerprint by which orders are found by phone, so that nothing can be joined by it, not even the
    /// environments.
    private func mark(_ phone: MSISDN, _ environment: PayEnvironment) -> String {
        Hex.text(sealer.blindIndex("daily-limit\u{1F}\(environment.rawValue)\u{1F}\(phone.e164)"))
    }
}
