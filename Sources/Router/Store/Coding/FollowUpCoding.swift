/// What payments remember of refunds, captures, voids and notices, as records.
enum FollowUpCoding {
    static func write(_ writer: inout PackedWriter, _ followUp: FollowUp) {
        writer.field(.id, followUp.id.text)
        writer.field(.amount, followUp.amount.minorUnits)
        writer.field(.currency, followUp.amount.currency.code)
        writer.field(.status, followUp.status.rawValue)
        writer.field(.certainty, followUp.certainty.rawValue)
        writer.field(.taken, followUp.taken.minorUnits)
        writer.field(.executed, followUp.executed.minorUnits)
        writer.field(.late, followUp.isOfLateExecution ? true : nil)
        writer.field(.review, followUp.review?.reason.rawValue)
        writer.field(.reviewSince, followUp.review?.since)
        writer.field(.quarantineEnd, followUp.quarantineEnd)
        writer.field(.unclaimed, followUp.isUnclaimed ? true : nil)
        if !followUp.actions.isEmpty { writer.list(.actions, followUp.actions, WireCoding.write) }
    }

    static func followUp(_ reader: PackedReader) throws(RecordFault) -> FollowUp {
        let amount = try OrderCoding.money(reader.integer(.amount), reader.text(.currency))
        let part: (PackedName) throws(RecordFault) -> Money? = { name throws(RecordFault) in
            try reader.optionalInteger(name).map { Money($0, amount.currency) }
        }
        var review: FollowUp.OpenReview?
        if try reader.optionalText(.review) != nil {
            review = .init(reason: try reader.word(.review), since: try reader.moment(.reviewSince))
        }
        var known = FollowUp(
            id: try OrderID(stored: reader.text(.id)), amount: amount, status: try reader.word(.status),
            certainty: try reader.word(.certainty), taken: try part(.taken), executed: try part(.executed),
            isOfLateExecution: try reader.optionalFlag(.late) ?? false, review: review,
            quarantineEnd: try reader.optionalMoment(.quarantineEnd))
        known.isUnclaimed = try reader.optionalFlag(.unclaimed) ?? false
        known.actions = try reader.list(.actions, WireCoding.action)
        return known
    }

    static func write(_ writer: inout PackedWriter, _ terms: FollowUpTerms) {
        let original = terms.original
        writer.field(.reference, original.reference)
        writer.field(.operatorReference, original.operatorReference)
        writer.field(.channel, original.channel.text)
        writer.field(.amount, original.amount.minorUnits)
        writer.field(.currency, original.amount.currency.code)
        writer.field(.refunded, original.refundedMinorUnits)
        writer.field(.createdAt, original.createdAt)
        writer.field(.ordinal, terms.ordinal)
        writer.field(.paidOut, terms.isPaidOut ? true : nil)
        writer.field(.late, terms.isOfLateExecution ? true : nil)
        writer.field(.scope, terms.scope.isEmpty ? nil : terms.scope)
        writer.field(.wallet, terms.wallet?.text)
    }

    /// The payer is the order's own customer and is not written twice.
    static func terms(_ reader: PackedReader, customer: Customer) throws(RecordFault) -> FollowUpTerms {
        FollowUpTerms(
            original: OriginalCollection(
                reference: try reader.text(.reference),
                operatorReference: try reader.optionalText(.operatorReference),
                channel: PaymentChannel(try reader.text(.channel)),
                amount: try OrderCoding.money(reader.integer(.amount), reader.text(.currency)),
                refundedMinorUnits: try reader.integer(.refunded), customer: customer,
                createdAt: try reader.moment(.createdAt)),
            ordinal: Int(try reader.integer(.ordinal)), isPaidOut: try reader.optionalFlag(.paidOut) ?? false,
            isOfLateExecution: try reader.optionalFlag(.late) ?? false,
            scope: try reader.optionalText(.scope) ?? "",
            wallet: try reader.optionalText(.wallet).map { id throws(RecordFault) in try WalletID(stored: id) })
    }

    static func write(_ writer: inout PackedWriter, _ notice: Notice) {
        writer.field(.kind, notice.kind.rawValue)
        writer.field(.operatorReference, notice.operatorReference)
        writer.field(.amount, notice.amount?.minorUnits)
        writer.field(.currency, notice.amount?.currency.code)
        writer.field(.reason, notice.reason)
        writer.field(.at, notice.at)
    }

    static func notice(_ reader: PackedReader) throws(RecordFault) -> Notice {
        var amount: Money?
        if let units = try reader.optionalInteger(.amount) {
            amount = try OrderCoding.money(units, reader.text(.currency))
        }
        return Notice(
            kind: try reader.word(.kind), operatorReference: try reader.text(.operatorReference), amount: amount,
            reason: try reader.optionalText(.reason), at: try reader.moment(.at))
    }
}
