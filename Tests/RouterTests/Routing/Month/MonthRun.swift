import Router

/// Routes a month by what it learns from its own payments, one attempt each: what failover would mend is not counted as routing's.
struct MonthRun {
    private let scenario: MonthScenario
    private let keys: [SignalKey]
    private let ranking: Ranking
    /// A mistake for the tests: payers' refusals are counted against the operator.
    private let blamesPayers: Bool
    /// Whether the platform has its rule the wrong way round.
    private let isTurned: Bool
    private var signals = SignalBook(SignalSettings(halfLifeMilliseconds: 3_600_000))
    private var leaving: HysteresisBook
    private var late: [Int64: [(RouteSignal, Moment)]] = [:]
    private var minute: Int64
    private(set) var result: MonthResult

    init(
        _ scenario: MonthScenario, _ ranking: Ranking, _ hysteresis: HysteresisSettings = HysteresisSettings(),
        blamesPayers: Bool = false, isTurned: Bool = false
    ) {
        self.scenario = scenario
        self.ranking = ranking
        keys = scenario.operators.map { SignalKey($0.id, "tmoney", .collect) }
        result = MonthResult(operators: keys.count)
        self.blamesPayers = blamesPayers
        self.isTurned = isTurned
        leaving = HysteresisBook(hysteresis)
        minute = (scenario.payments.first?.at.milliseconds ?? 0) / 60_000
    }

    /// Routes the month, or so many days of it.
    mutating func run(days: Int64 = 30) -> MonthResult {
        let end = Moment.start + days * 86_400
        for payment in scenario.payments where payment.at < end { route(payment) }
        return result
    }

    private mutating func route(_ payment: MonthScenario.Payment) {
        catchUp(to: payment.at)
        let subject = RankingSubject(amount: payment.amount, payment: "pay_\(payment.number)")
        let inputs = keys.enumerated().map { place, key in
            RankingInput(
                provider: key.provider, channel: key.channel, position: isTurned ? keys.count - 1 - place : place,
                fee: payment.prospects[place].fee,
                rate: signals.rate(key, at: payment.at),
                standing: leaving.standing(key, for: subject.payment, at: payment.at))
        }
        guard let first = ranking.rank(inputs, for: subject).first?.input else { return }
        let place = isTurned ? keys.count - 1 - first.position : first.position
        let (chosen, key) = (payment.prospects[place], keys[place])
        result.count(payment, place, isCanary: first.standing == .canary)
        let outcome = outcome(of: payment, chosen)
        record(RouteSignal(key, .attempt(SignalChange(outcome))), at: payment.at)
        if outcome == .unknown,
            let change = SignalChange(
                from: .unknown, since: payment.at, to: payment.isLateSuccess ? .success : .failure(.operator))
        {
            let due = payment.at.adding(milliseconds: payment.lateMilliseconds)
            late[due.milliseconds / 60_000, default: []].append((RouteSignal(key, .attempt(change)), due))
        }
    }

    private func outcome(of payment: MonthScenario.Payment, _ chosen: MonthScenario.Prospect) -> SignalOutcome {
        if payment.luck < chosen.success {
            guard payment.isRefused else { return .success }
            return blamesPayers ? .failure(.operator) : .payerRefusal
        }
        return payment.luck < chosen.success + chosen.unknown ? .unknown : .failure(.operator)
    }

    private mutating func catchUp(to now: Moment) {
        while minute < now.milliseconds / 60_000 {
            for (signal, due) in late.removeValue(forKey: minute) ?? [] { record(signal, at: due) }
            minute += 1
        }
    }

    private mutating func record(_ signal: RouteSignal, at now: Moment) {
        signals.record(signal, at: now)
        if let switched = leaving.record(signal, at: now) { result.switches.append(switched) }
    }
}
