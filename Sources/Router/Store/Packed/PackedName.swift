/// The names of members in packed records, one byte each.
///
/// A number that was ever given keeps its meaning; new names get new ones. Zero ends an object, 255 spells a name out.
enum PackedName: UInt8, CaseIterable {
    case absence = 1
    case acceptBy, acceptedAt, account, actions, amount, arrived, asksChannel, at, attempt, awaitsInput, blame, body,
        callingCode, cancelRequestedAt, cancelURL, candidates, capturesLater, cause, certainty, changeRequestedAt,
        channel, channels, checks, choice, claim, code, codeAskedAt, codeRefusals, confirmation, content, count,
        country,
        createdAt, curlCode, currency, decided, defaultCountry, definitive, description, detail, disputes, document,
        email, endedAt, epoch, events, evidence, executed, expiresIn, explanation, failure, failureURL, fields, first,
        followUp, followUps, gateOpened, headers, heldRefusal, heldUntil, hint, history, hosted, httpStatus, id,
        inputActions, kept, key, kind, language, lapsedAt, last, late, left, length, matched, metadata, method, name,
        national, needsAcceptance, needsCheck, notices, openSince, operatorReference, ordinal, outcome, pageEnd,
        paidOut,
        person, phone, plan, promptLock, provider, providerCode, purpose, quarantineEnd, reason, recordedState,
        reference, refunded, refusal, repeatOf, request, requestID, retryable, review, reviewSince, rule, rules, scope,
        sendNotAfter, sessionExpiresAt, shop, signatures, since, source, startedAt, state, stated, status, strength,
        successURL, taken, timeout, token, transmissions, type, updatedAt, url, value, verdict, version, whyNot,
        withdrawals, bodyHex, wallet, fee, transfer, from, to, recipient, feePayer, reserved, available, unclaimed,
        dailyUses, measure, most, numberMark, bill, initiator, billAccount, goods, goodsUntil, origin, customer,
        lineItems, item, quantity, unitAmount, linkedWallet, configuration, payerCountry, card, brand, funding, bin

    /// As it is spelled where records are JSON: in older records, and in an explanation as callers see it.
    var spelled: String { Self.spellings[Int(rawValue)] }

    /// The name that is spelled so; `nil` if it has no number.
    init?(spelled: String) {
        guard let name = Self.bySpelling[spelled] else { return nil }
        self = name
    }

    private static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ($0.spelled, $0) })

    private static let spellings: [String] = {
        var spellings = Array(repeating: "", count: 256)
        for name in allCases { spellings[Int(name.rawValue)] = snake("\(name)") }
        return spellings
    }()

    /// `acceptBy` as `accept_by`, `failureURL` as `failure_url`.
    private static func snake(_ name: String) -> String {
        var text = ""
        var wasLower = false
        for character in name {
            if character.isUppercase, wasLower { text += "_" }
            text += character.lowercased()
            wasLower = !character.isUppercase
        }
        return text
    }
}
