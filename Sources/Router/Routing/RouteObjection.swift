package import WebText

/// Why a rule does not hold for an order, or why a provider does not take it.
///
/// Decisions are made by the cases; ``description`` is what callers read, and nothing but that.
package indirect enum RouteObjection: Sendable, Hashable {
    // Said by a rule's conditions.

    /// The bound in minor units.
    case amountBelow(Int64)
    case amountAbove(Int64)
    case currencyIs(Currency, wanted: [String])
    case channelIsNone(of: [PaymentChannel])
    case noPhone
    case phoneCountryIs(String, wanted: [String])
    case phoneOperatorUnknown
    case phoneOperatorIs(String, wanted: [String])
    case anotherApp
    case metadataMissing(name: String)
    case metadataDiffers(name: String)
    case outsideTimeOfDay
    case operationIs(RouteOperation, wanted: [RouteOperation])
    case metadataIsThere(name: String)
    case metadataIsNoNumber(name: String)
    case metadataOutOfRange(name: String, DecimalRange)
    case phonePrefixIsNone(of: [String])
    case cardUnknown(CardFact)
    case cardIs(CardFact, String, wanted: [String])
    case payerCountryUnknown
    case payerCountryIs(String, wanted: [String])
    case languageUnknown
    case languageIs(String, wanted: [String])
    /// Nothing was looked up of the customer, or there is no phone number to do it by.
    case customerUnknown
    case customerAgeIs(days: Int64)
    case customerSuccessesAre(Int64, at: ProviderID)
    case weekdayIs(Weekday, wanted: [Weekday])
    case dateIs(CivilDate)
    case noHoliday(of: String)
    case isHoliday(of: String)
    case attemptIs(Int)
    case noAttemptBefore
    case lastFailureIs(RefusalReason, wanted: [RefusalReason])
    /// Hundredths of a percent.
    case bucketIs(Int, wanted: Range<Int>)
    /// None of several conditions holds; why each does not.
    case noneOf([[RouteObjection]])
    /// What must not hold does.
    case excluded(RouteCondition)

    // Said of a rule by the table.

    case earlierRuleDecided
    case noneEligible

    // Said by a provider, also when it is up and has room.

    case notConfigured
    /// It only finishes what it began.
    case retired
    case belongs(to: PayEnvironment)
    case reservedForOtherApps
    case cannot(MoneyOperation)
    /// It serves these channels, and the order allows none of them.
    case servesOnly([PaymentChannel], MoneyOperation)
    case takesOnly(currencies: [Currency], not: Currency)
    /// The platform's limits and the operator's have no amount in common.
    case limitsExcludeOperators(Currency)
    case takesAtLeast(Money)
    case takesAtMost(Money)
    case takesMultiples(of: Money)
    /// The request lacks a member that would remedy this.
    case needs(RouteNeed)
    /// The order names a wallet of the platform's own, and it is an operator's.
    case takesNoWallet
    /// The order names an account at a biller, and it is none.
    case paysNoBills
    /// Its customers' account numbers have another form; the second is a regular expression.
    case takesAccounts(named: String, like: String)
    case servesPhones(of: [String], not: String)
    /// Nothing is known of the mobile numbers under a calling code.
    case needsMobileNumber(callingCode: String)
    /// The characters that are left for the caller's text, and whether the order number takes up some of them.
    case descriptionTooLong(room: Int, isAfterOrderNumber: Bool)
    /// Its operator would not send the payer back to an address of the request.
    case cannotReturn(ReturnURLFault)
    /// The phone's prefix is another operator's than the one whose wallets a channel reaches.
    case reachesWallets(PaymentChannel, of: String, prefixOf: String)

    // Said by a provider at this moment.

    /// Its breaker is open, or its credentials were refused.
    case unhealthy
    /// The most there is of our money.
    case balanceTooLow(Money)
    /// Too much of its money is in payments whose end is not known.
    case exposureUsedUp
    /// People wish that it takes no new orders.
    case draining(ProviderDrain)
    /// It reaches other wallets than the channel that the plan has chosen.
    case reachesOtherWallets(than: PaymentChannel, MoneyOperation)

    // Said of providers that no rule led to.

    case namedByNoRule
    /// The rules that name it, in order, and why each does not hold.
    case reachedByNoRule([RuleObstacle])

    /// A rule that names a provider and does not lead there.
    package struct RuleObstacle: Sendable, Hashable {
        package var rule: String
        package var objections: [RouteObjection]

        package init(rule: String, objections: [RouteObjection]) {
            self.rule = rule
            self.objections = objections
        }
    }

    /// Whether people wish that the provider takes no new orders.
    var isDraining: Bool { if case .draining = self { true } else { false } }

    /// Whether a phone number, where none is given, would end it.
    package var endsWithPhone: Bool { self == .needs(.customerPhone) || self == .needs(.partyPhone) }
}

/// A member of a request that a provider cannot do without.
package enum RouteNeed: String, Sendable, Hashable, CaseIterable {
    case customerPhone = "customer.phone"
    case partyPhone = "party.phone"
    case sourceToken = "source.token"
    case sourceWallet = "source.wallet"
    case partyWallet = "party.wallet"
    case partyBillAccount = "party.bill_account"

    /// The phone number of whoever pays, or is paid.
    package static func phone(for operation: MoneyOperation) -> RouteNeed {
        operation == .payout ? .partyPhone : .customerPhone
    }
}
