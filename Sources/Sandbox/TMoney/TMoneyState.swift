/// The tables of the TMoney operator.
struct TMoneyState: Sendable {
    /// Every recorded debit, by `idRequete`.
    var prompts: [String: TMoneyPrompt] = [:]
    /// Open prompts that wait for a person, by phone, oldest first.
    var openByPhone: [String: [String]] = [:]
    /// Phones that find tokens revoked.
    var phones: [String: TMoneyPhone] = [:]
    /// Tokens that are refused although they are neither forged nor old.
    var revoked: Set<String> = []
    /// Tokens whose signature was checked already.
    var known: [String: TMoneyToken] = [:]

    /// Stores a prompt as it now is.
    mutating func put(_ prompt: TMoneyPrompt) {
        prompts[prompt.id] = prompt
        guard prompt.isPerson else { return }
        let others = (openByPhone[prompt.phone] ?? []).filter { $0 != prompt.id }
        let open = prompt.isOpen ? others + [prompt.id] : others
        openByPhone[prompt.phone] = open.isEmpty ? nil : open
    }

    /// Stores what is known about a phone.
    mutating func put(_ phone: TMoneyPhone) {
        phones[phone.number] = phone
        if let token = phone.revokedToken { revoked.insert(token) }
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
