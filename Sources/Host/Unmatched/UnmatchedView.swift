import Router

/// What an operator told and nothing matches, as people of the platform see it.
enum UnmatchedView {
    static func json(_ entry: Engine.Unmatched) -> JSONValue {
        let message = entry.message
        let payment = entry.payment
        let (name, reference): (String?, String?) =
            switch entry.subject {
            case .reference(let text)?: (text, nil)
            case .operatorReference(let text)?: (nil, text)
            case nil: (nil, nil)
            }
        return [
            "id": .string(message.id.text), "object": "unmatched", "provider": .string(message.provider.text),
            "trust": .string(message.trust.rawValue), "received_at": .string(message.receivedAt.description),
            "is_matched_again": .bool(message.state != .orphaned), "reference": JSONValue(name),
            "operator_reference": JSONValue(reference),
            "amount": payment.map { JSONValue($0.amount.minorUnits) } ?? .null,
            "currency": JSONValue(payment?.amount.currency.code), "payer": JSONValue(payment?.payer?.masked),
            "typed": JSONValue(payment?.typed), "why": JSONValue(entry.mismatch?.rawValue),
        ]
    }

    /// Why money pays nothing, in words.
    static func words(_ mismatch: UnopenedMismatch) -> String {
        switch mismatch {
        case .nothingFound: "no bill has this code, and no payment of this amount that waits for its payer this number"
        case .severalFound: "several payments that wait for their payers have this number"
        case .otherAmount: "it is about another amount"
        case .billTaken: "the bill is paid, or being paid"
        case .billDeleted: "the bill was taken back"
        case .otherEnvironment: "it is of the other environment"
        case .unproven: "the operator does not prove it"
        case .repeated: "the operator's name for it proves another payment already"
        }
    }
}
