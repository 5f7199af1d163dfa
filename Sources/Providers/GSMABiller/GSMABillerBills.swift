import Router
import WebText

/// One bill as the biller lists it.
struct GSMABill: Sendable {
    let reference: String?
    let due: Money?
    let minimum: Money?
    let dueDate: String?
    let text: String?

    /// `nil` if its status is not the standard's, if it is in another currency, or states an amount that cannot be read.
    init?(_ body: JSONValue, _ currency: Currency) {
        if let status = body["billStatus"]?.present, !["unpaid", "partialpaid"].contains(status) { return nil }
        if let stated = body["currency"]?.present, stated.stringValue != currency.code { return nil }
        func amount(_ name: String) -> Money?? {
            guard let stated = body[name]?.present else { return .some(nil) }
            return StatedAmount(stated, decimals: currency.exponent).units.map { Money($0, currency) }
        }
        guard let due = amount("amountDue"), let minimum = amount("minimumAmountDue") else { return nil }
        (self.due, self.minimum) = (due, minimum)
        reference = body["billReference"]?.nonEmptyText
        // All members are optional in the standard; an object without either is no bill.
        guard reference != nil || due != nil else { return nil }
        dueDate = body["dueDate"]?.nonEmptyText.flatMap { $0.consists(of: .visible, 1...40) ? $0 : nil }
        // The document spells it so; the standard's pages have a capital.
        text = (body["billdescription"] ?? body["billDescription"])?.nonEmptyText.map { String($0.prefix(256)) }
    }

    /// Whether an amount can pay it.
    func takes(_ amount: Money) -> Bool {
        amount.minorUnits >= (minimum?.minorUnits ?? 1) && amount.minorUnits <= (due?.minorUnits ?? .max)
    }
}

extension GSMABillerCalls {
    /// The bills that are owed; `nil` if the reply is no list, or if one of them cannot be read: then nobody knows what is.
    func owed(_ reply: WireReply) -> [GSMABill]? {
        guard reply.status == 200, let list = (try? StrictJSON.parse(reply.body))?.arrayValue else { return nil }
        var bills: [GSMABill] = []
        for item in list where item["billStatus"] != "paid" {
            guard item.objectValue != nil, let bill = GSMABill(item, currency) else { return nil }
            bills.append(bill)
        }
        return bills
    }

    /// Whether the biller says, in the standard's words, that it knows no such account.
    func isUnknown(_ reply: WireReply) -> Bool {
        reply.status == 404 && reply.object?["errorCategory"] == "identification"
            && reply.object?["errorCode"] == "identifierError"
    }

    /// The reference of the one bill that an amount pays: the one that is exactly it, else the only one that takes it.
    ///
    /// - Throws: If there is none, or if it is not clear which one is meant: nothing is guessed.
    func bill(for amount: Money, in reply: WireReply) throws(PreparationFailure) -> String {
        if isUnknown(reply) {
            throw PreparationFailure(
                Refusal(.accountUnavailable, providerCode: "identification.identifierError"),
                "the biller knows no such account")
        }
        guard let bills = owed(reply) else {
            throw PreparationFailure(
                Refusal(reply.whyNotOpened(isInvalid: false), providerCode: reply.code),
                "the biller does not list bills")
        }
        let exact = bills.filter { $0.due == amount }
        let fitting = exact.isEmpty ? bills.filter { $0.takes(amount) } : exact
        guard fitting.count == 1, let reference = fitting[0].reference, !reference.contains("/"),
            !reference.hasPrefix(".")
        else {
            throw .invalid(
                fitting.isEmpty ? "no bill of the account takes this amount" : "the amount does not name one bill")
        }
        return reference
    }
}

extension GSMABilling {
    /// What is owed: of several bills the one that is due first, with a word about the others.
    func lookUp(_ account: String, on channel: PaymentChannel, asking wire: any Asking) async -> BillFinding {
        await wire.ask(calls.billsQuestion(account)) { reply in
            if calls.isUnknown(reply) { return .unknownAccount }
            guard let bills = calls.owed(reply) else { return .couldNotAnswer("\(reply.code) without a list of bills") }
            let list = (try? StrictJSON.parse(reply.body))?.arrayValue ?? []
            let name = calls.nameKey.flatMap { key in list.lazy.compactMap { calls.custom($0, key) }.first }
            // Paid without a bill, the account itself is what is paid: the payer chooses.
            let limits = manifest.payout?.currencies.first
            guard let first = bills.min(by: { ($0.dueDate ?? "~") < ($1.dueDate ?? "~") }) else {
                guard calls.pays == .account, let limits else { return .nothingOwed(name) }
                return .bill(Self.open(name, limits))
            }
            let more = bills.count == 1 ? nil : "one of \(bills.count) bills"
            return .bill(
                OwedBill(
                    customerName: name, amount: first.due,
                    minimum: first.minimum ?? first.due ?? limits.map { Money($0.minimum, $0.currency) },
                    maximum: (calls.pays == .bill ? first.due : nil) ?? limits.map { Money($0.maximum, $0.currency) },
                    dueDate: first.dueDate,
                    reference: first.reference,
                    description: [first.text, more].compactMap(\.self).joined(separator: "; ").nonEmpty))
        }
    }

    private static func open(_ name: String?, _ limits: ProviderManifest.CurrencyLimits) -> OwedBill {
        OwedBill(
            customerName: name, minimum: Money(limits.minimum, limits.currency),
            maximum: Money(limits.maximum, limits.currency))
    }
}

extension String {
    /// The text, unless it is empty.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
