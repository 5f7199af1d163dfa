/// Which tokens are good.
struct TMoneyTokens: Sendable {
    /// Tokens that are refused although they are neither forged nor old.
    private var revoked: Set<String> = []
    /// Tokens whose signature was checked already.
    private var known: [String: TMoneyToken] = [:]
    /// Whether the next debit of the phone that finds tokens revoked does so.
    private(set) var revokesNext = true

    /// Takes note of a turn.
    mutating func put(_ turn: TMoneyRevocation) {
        revokesNext = turn.token == nil
        if let token = turn.token { revoked.insert(token) }
    }

    /// The token, if it is good now.
    mutating func valid(_ text: Substring, now: Int64) -> TMoneyToken? {
        let text = String(text)
        guard !revoked.contains(text), let token = known[text] ?? TMoneyToken(text), now / 1000 < token.exp else {
            known[text] = nil
            return nil
        }
        if known.count > 1_000 { known = [:] }
        known[text] = token
        return token
    }
}

/// One turn of the phone that finds tokens revoked; kept in the journal.
struct TMoneyRevocation: Codable, Sendable {
    /// The token that was revoked; `nil` if the debit got through.
    var token: String?
}
