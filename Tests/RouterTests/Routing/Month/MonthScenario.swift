import Router
import RouterTestKit

/// A month of payments to three operators on one channel, the same for every way to route.
struct MonthScenario {
    struct Payment {
        var number: Int
        var at: Moment
        var amount: Int64
        /// Whether the payer refuses, whoever asks.
        var isRefused: Bool
        /// What becomes of it at any operator, drawn once: 0 to 999.
        var luck: Int64
        /// Whether it turns out to be done if it is not known at first, and how much later.
        var isLateSuccess: Bool
        var lateMilliseconds: Int64
        /// What each operator would do with it, in their order.
        var prospects: [Prospect] = []
    }

    /// What is to be expected of a payment at one operator.
    struct Prospect {
        var success: Int64
        var unknown: Int64
        var rate: Int64
        var fee: Int64
        var isDead: Bool
        /// Amount less fee, times the rate.
        var value: Int64
    }

    var operators: [MonthOperator]
    var payments: [Payment]

    init(seed: UInt64, days: Int64, perDay: Int64) {
        var random = Seeded(seed)
        operators = [
            MonthOperator(id: "alpha", position: 0, fee: Fee(basisPoints: 180, fixed: 0), success: 955),
            MonthOperator(id: "beta", position: 1, fee: Fee(basisPoints: 100, fixed: 0), success: 950),
            MonthOperator(id: "gamma", position: 2, fee: Fee(basisPoints: 80, fixed: 0), success: 910),
        ]
        for index in operators.indices {
            operators[index].incidents = Self.incidents(days, usual: operators[index].success, &random)
        }
        payments = Self.payments(days, perDay, &random)
        for index in payments.indices {
            let payment = payments[index]
            payments[index].prospects = operators.map { one in
                let (chances, fee, rate) = (
                    one.chances(at: payment.at), one.fee(payment.amount), one.rate(at: payment.at)
                )
                return Prospect(
                    success: chances.success, unknown: chances.unknown, rate: rate, fee: fee,
                    isDead: one.incident(at: payment.at)?.kind == .dead, value: rate * (payment.amount - fee))
            }
        }
    }

    /// One every other day or so, apart from each other: a third of them dead, a third degraded, a third slow.
    private static func incidents(
        _ days: Int64, usual: Int64, _ random: inout Seeded
    ) -> [MonthOperator.Incident] {
        var incidents: [MonthOperator.Incident] = []
        var from = Moment.start.adding(seconds: Int64.random(in: 40_000...120_000, using: &random))
        while from < .start + days * 86_400 {
            let kind = MonthOperator.Incident.Kind.allCases[Int.random(in: 0..<3, using: &random)]
            let minutes: Int64
            let (success, unknown): (Int64, Int64)
            switch kind {
            case .dead:
                minutes = Int64.random(in: 30...240, using: &random)
                success = Int64.random(in: 0...100, using: &random)
                unknown = Int64.random(in: 100...500, using: &random)
            case .degraded:
                minutes = Int64.random(in: 60...480, using: &random)
                success = usual - Int64.random(in: 150...350, using: &random)
                unknown = 20
            case .slow:
                minutes = Int64.random(in: 60...240, using: &random)
                success = usual - 250
                unknown = 240
            }
            incidents.append(
                .init(kind: kind, from: from, until: from + minutes * 60, success: success, unknown: unknown))
            from = from + minutes * 60 + Int64.random(in: 43_200...216_000, using: &random)
        }
        return incidents
    }

    /// More by day than by night; of the payers a quarter refuses by day and a half in the evening.
    private static func payments(_ days: Int64, _ perDay: Int64, _ random: inout Seeded) -> [Payment] {
        var payments: [Payment] = []
        var now = Moment.start
        while now < .start + days * 86_400 {
            let hour = now.milliseconds / 3_600_000 % 24
            let mean = 86_400_000 / perDay * (hour < 6 ? 4 : 1) * 10 / 13
            now = now.adding(milliseconds: Int64.random(in: 1...(2 * mean), using: &random))
            let refusals: Int64 = (18...23).contains(hour) ? 500 : 250
            payments.append(
                Payment(
                    number: payments.count, at: now, amount: Int64.random(in: 5...1_000, using: &random) * 100,
                    isRefused: Int64.random(in: 0..<1_000, using: &random) < refusals,
                    luck: Int64.random(in: 0..<1_000, using: &random),
                    isLateSuccess: Int64.random(in: 0..<1_000, using: &random) < MonthOperator.lateSuccess,
                    lateMilliseconds: Int64.random(in: 120_000...1_200_000, using: &random)))
        }
        return payments
    }
}
