extension RoutingFinding.Matter {
    /// Its name in machine-readable output.
    package var code: String {
        switch self {
        case .emptyRule: "empty_rule"
        case .shadowed: "shadowed_rule"
        case .secondChoice: "second_choice"
        case .shadowedTogether: "shadowed_by_several"
        case .overlap: "overlap"
        case .uncovered: "uncovered_request"
        case .neverReached: "provider_never_reached"
        case .cannotServe: "provider_cannot_serve"
        case .servesLess: "provider_serves_less"
        case .unknownChannel: "unknown_channel"
        case .unknownOperator: "unknown_operator"
        case .unknownApp: "unknown_app"
        case .uselessLimit: "useless_limit"
        case .uselessWeights: "useless_weights"
        case .portedNumbers: "ported_numbers"
        case .missingFee: "missing_fee"
        case .tooComplex, .tooManyRules: "undecided"
        }
    }
}

extension RoutingFinding: CustomStringConvertible {
    /// What is the matter and what would be right, without the witness.
    package var description: String {
        switch matter {
        case .emptyRule: "\"\(rule)\" can never hold: no request fulfils all its conditions"
        case .shadowed(let other):
            "\"\(rule)\" never decides: \"\(other)\" stands before it and takes every request that it could; put it before "
                + "\"\(other)\", or delete it"
        case .secondChoice(let other):
            "\"\(rule)\" decides only where no provider of \"\(other)\" fits: \"\(other)\" stands before it and holds for all of its requests"
        case .shadowedTogether: "\"\(rule)\" never decides: rules before it together take every request that it could"
        case .overlap(let other):
            "\"\(rule)\" and \"\(other)\" both hold for some requests; \"\(other)\" takes them because it stands before"
        case .uncovered(let operation):
            "no rule covers some requests to \(operation.operation.verb)\(operation == .refund ? " for a refund" : "")"
        case .neverReached(let provider): "no rule leads to \"\(provider)\""
        case .cannotServe(let provider, let why):
            "\"\(provider)\" can take no request of \"\(rule)\": it \(why.text(separator: "; "))"
        case .servesLess(let provider, let first, let why):
            "\"\(provider)\" does not take everything that \"\(first)\" takes in \"\(rule)\": it \(why.text(separator: "; "))"
        case .unknownChannel(let channel, let known):
            "no provider serves a channel \"\(channel)\"" + NearestName.remedy(channel.text, among: known)
        case .unknownOperator(let name, let known):
            "the numbering plan knows no operator \"\(name)\"" + NearestName.remedy(name, among: known)
        case .unknownApp(let id): "there is no app \"\(id)\"; `payrouter apps list` shows those there are"
        case .uselessLimit(let provider, let currency, let takes):
            "\"\(provider)\" takes no \(currency), so a limit in it limits nothing; it takes \(takes.joined(separator: ", "))"
        case .uselessWeights(.priority):
            "weights count for nothing under \"priority\"; use \"weighted\", or leave them out"
        case .uselessWeights: "the weight of a provider that stands alone counts for nothing"
        case .portedNumbers(let countries):
            "the prefix tells whose number it was, and in \(countries.joined(separator: ", ")) numbers are taken along to other "
                + "operators: let the payer choose the channel where it matters"
        case .missingFee(let provider, let currency):
            "\"\(rule)\" compares fees, and \"\(provider)\" has none for \(currency)"
        case .tooComplex where rule.isEmpty:
            "whether rules cover every request was not decided: that would take too long"
        case .tooComplex: "\"\(rule)\" was not compared with all rules before it: that would take too long"
        case .tooManyRules:
            "\"\(rule)\" and the rules behind it were not compared with all before them: there are too many"
        }
    }
}
