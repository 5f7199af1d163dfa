extension SignalFigures {
    /// The figures as answers have them: whole counts, shares in millionths, times in milliseconds; `null` for what is not known.
    package var json: JSONValue {
        let range = rate?.proportion.interval()
        func whole(_ count: Int64) -> JSONValue { JSONValue(count / Proportion.one) }
        func number(_ value: Int64?) -> JSONValue { value.map { JSONValue($0) } ?? .null }
        return [
            "rate": number(rate?.share.millionths), "rate_low": number(range?.low.millionths),
            "rate_high": number(range?.high.millionths), "samples": number(rate?.proportion.samples),
            "basis": JSONValue(rate?.basis.rawValue), "attempts": whole(volume), "succeeded": whole(success),
            "operator_failures": whole(operatorFailures), "platform_failures": whole(platformFailures),
            "unknown": whole(unknown), "payer_refusals": whole(payerRefusals),
            "unknown_share": number(unknownShare.samples > 0 ? unknownShare.rate.millionths : nil),
            "checks_answered": whole(checksAnswered), "checks_unanswered": whole(checksUnanswered),
            "median_ms": number(median), "slowest_ms": number(slowest), "usual_slowest_ms": number(usualSlowest),
        ]
    }
}
