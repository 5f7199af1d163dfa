import Router

/// What a month came to: what was to be expected of where payments went, beside what could have been.
///
/// By expectation, not by what happened: the luck of single payments is no merit of routing's.
struct MonthResult {
    var payments: Int64 = 0
    /// Successes to expect, in millionths: where payments went, and at the best operator of each moment.
    var success: Int64 = 0
    var bestSuccess: Int64 = 0
    /// Amount less fee to expect, in millionths of minor units.
    var value: Int64 = 0
    var bestValue: Int64 = 0
    var amount: Int64 = 0
    /// The same for everything at one operator.
    var fixedSuccess: [Int64]
    var fixedValue: [Int64]
    var switches: [HysteresisBook.Switched] = []
    /// Payments that went to a dead operator, without those that were to try it: its place, and when.
    var sentToDead: [(place: Int, at: Moment)] = []

    init(operators: Int) {
        fixedSuccess = Array(repeating: 0, count: operators)
        fixedValue = fixedSuccess
    }

    mutating func count(_ payment: MonthScenario.Payment, _ chosen: Int, isCanary: Bool) {
        payments += 1
        amount += payment.amount
        var (bestRate, bestValue): (Int64, Int64) = (0, 0)
        for place in fixedSuccess.indices {
            let prospect = payment.prospects[place]
            (bestRate, bestValue) = (max(bestRate, prospect.rate), max(bestValue, prospect.value))
            fixedSuccess[place] += prospect.rate
            fixedValue[place] += prospect.value
        }
        success += payment.prospects[chosen].rate
        value += payment.prospects[chosen].value
        bestSuccess += bestRate
        self.bestValue += bestValue
        if payment.prospects[chosen].isDead, !isCanary { sentToDead.append((chosen, payment.at)) }
    }

    /// Of all payments, in millionths.
    var rate: Int64 { success / max(1, payments) }
    var bestRate: Int64 { bestSuccess / max(1, payments) }
    var fixedRate: Int64 { (fixedSuccess.max() ?? 0) / max(1, payments) }

    /// Of all amounts, in millionths.
    var valueRate: Int64 { value / max(1, amount) }
    var bestValueRate: Int64 { bestValue / max(1, amount) }
    var fixedValueRate: Int64 { (fixedValue.max() ?? 0) / max(1, amount) }

    /// Switches from the beginning of each incident to that of the next one at the same operator.
    func switchesPerIncident(_ operators: [MonthOperator]) -> [(kind: MonthOperator.Incident.Kind, count: Int)] {
        operators.flatMap { one in
            one.incidents.enumerated().map { place, incident in
                let next = place + 1 < one.incidents.count ? one.incidents[place + 1].from : Moment(milliseconds: .max)
                let count = switches.count { switched in
                    switched.key.provider == one.id && switched.change.at >= incident.from && switched.change.at < next
                }
                return (incident.kind, count)
            }
        }
    }

    /// Switches before an operator's first incident: it was left for nothing.
    func switchesWithoutIncident(_ operators: [MonthOperator]) -> Int {
        switches.count { switched in
            guard let one = operators.first(where: { $0.id == switched.key.provider }) else { return true }
            return !one.incidents.contains { switched.change.at >= $0.from }
        }
    }

    /// Payments that were sent to each dead operator before it was left.
    func lostPerDeath(_ operators: [MonthOperator]) -> [Int] {
        operators.enumerated().flatMap { place, one in
            one.incidents.filter { $0.kind == .dead }.map { incident in
                sentToDead.count { $0.place == place && $0.at >= incident.from && $0.at < incident.until }
            }
        }
    }
}
