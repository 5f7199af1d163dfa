import Router

/// Why an order went where it went, as it was decided when the order was made.
struct TrailRoute: Sendable, Hashable {
    struct Rule: Sendable, Hashable {
        let name: String
        let decided: Bool
        let whyNot: [String]
    }

    struct Candidate: Sendable, Hashable {
        let provider: String
        let channel: String?
        let rule: String
        let kept: Bool
        let whyNot: [String]
        let note: String?
    }

    /// What the payer chose after the order was made, in the place of what was decided then.
    struct Choice: Sendable, Hashable {
        /// In the order in which they are tried.
        let plan: [String]
        let channel: String?
        /// The wallet of ours that is paid from.
        let wallet: WalletID?
        /// When the first of them was begun, which is at once; `nil` if none was yet.
        let at: Moment?

        init(_ choice: PayerChoice, _ attempts: [Attempt]) {
            plan = choice.plan.map { "\($0.provider) \($0.channel)" }
            channel = choice.plan.first?.channel.text
            wallet = choice.wallet
            at = attempts.map(\.createdAt).min()
        }
    }

    /// In the order in which they were to be tried.
    let plan: [String]
    let rules: [Rule]
    let candidates: [Candidate]
    /// What the payer chose later, if the payer did.
    let choice: Choice?
    /// The number of the configuration's version that it was decided on; `nil` for orders of older releases.
    let configuration: Int64?

    /// Reads what is stored with the order; `nil` if nothing is.
    ///
    /// Members that an older release did not write are missing here, too.
    init?(_ explanation: JSONValue, choice: Choice? = nil, configuration: Int64? = nil) {
        self.choice = choice
        self.configuration = configuration
        guard let object = explanation.objectValue else { return nil }
        func texts(_ value: JSONValue?) -> [String] { (value?.arrayValue ?? []).compactMap(\.stringValue) }
        plan = (object["plan"]?.arrayValue ?? []).map { step in
            [step["provider"]?.stringValue, step["channel"]?.stringValue].compactMap(\.self).joined(separator: " ")
        }
        rules = (object["rules"]?.arrayValue ?? []).map { rule in
            Rule(
                name: rule["name"]?.stringValue ?? "", decided: rule["decided"]?.boolValue ?? false,
                whyNot: texts(rule["why_not"]))
        }
        candidates = (object["candidates"]?.arrayValue ?? []).map { candidate in
            Candidate(
                provider: candidate["provider"]?.stringValue ?? "", channel: candidate["channel"]?.stringValue,
                rule: candidate["rule"]?.stringValue ?? "", kept: candidate["kept"]?.boolValue ?? false,
                whyNot: texts(candidate["why_not"]), note: candidate["note"]?.stringValue)
        }
        if plan.isEmpty, rules.isEmpty, candidates.isEmpty, choice == nil { return nil }
    }
}
