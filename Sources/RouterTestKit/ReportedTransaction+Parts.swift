package import Router

/// What operators state, part by part, for tests that write it out.
extension ReportedTransaction {
    package init(
        reference: String? = nil, minorUnits: Int64?, currency: Currency? = nil, operatorReference: String? = nil,
        acceptedAs: String? = nil
    ) {
        self.init(
            reference: reference, of: minorUnits.map { .units($0) } ?? .absent, currency,
            operatorReference: operatorReference, acceptedAs: acceptedAs)
    }

    /// The stated minor units; `nil` if none are.
    package var minorUnits: Int64? {
        switch amount {
        case .money(let money): money.minorUnits
        case .units(let units), .unnamed(let units): units
        case .notStated, .currency, .unreadable: nil
        }
    }

    /// The stated currency; `nil` if none is.
    package var currency: Currency? {
        switch amount {
        case .money(let money): money.currency
        case .currency(let currency): currency
        case .notStated, .units, .unnamed, .unreadable: nil
        }
    }

    /// Whether amount or currency stands there and cannot be read.
    package var amountIsUnreadable: Bool {
        switch amount {
        case .unnamed, .unreadable: true
        case .notStated, .units, .money, .currency: false
        }
    }
}
