/// What a transfer is about, as a record.
enum TransferCoding {
    static func write(_ writer: inout PackedWriter, _ terms: TransferTerms) {
        writer.object(.from, terms.from, write)
        writer.object(.to, terms.to, write)
        writer.object(.recipient, terms.recipient) { writer, recipient in
            writer.object(.phone, recipient.phone, OrderCoding.write)
            writer.field(.email, recipient.email)
            writer.field(.name, recipient.name)
        }
        writer.field(.feePayer, terms.feePayer.rawValue)
        writer.field(.reserved, terms.reservation?.provider.text)
        writer.field(.available, terms.reservation?.available)
    }

    static func terms(_ reader: PackedReader) throws(RecordFault) -> TransferTerms {
        guard let from = try reader.optionalObject(.from, end), let to = try reader.optionalObject(.to, end) else {
            throw RecordFault("the record of a transfer lacks an end")
        }
        let recipient = try reader.optionalObject(.recipient) { reader throws(RecordFault) in
            Customer(
                phone: try reader.optionalObject(.phone, OrderCoding.phone) ?? nil,
                email: try reader.optionalText(.email), name: try reader.optionalText(.name))
        }
        let available = try reader.optionalInteger(.available)
        return TransferTerms(
            from: from, to: to, recipient: recipient ?? Customer(), feePayer: try reader.word(.feePayer),
            reservation: try reader.optionalText(.reserved).map {
                TransferTerms.Reservation(provider: ProviderID($0), available: available)
            })
    }

    private static func write(_ writer: inout PackedWriter, _ end: TransferTerms.End) {
        writer.field(.wallet, end.wallet?.text)
        writer.field(.channel, end.channel?.text)
    }

    private static func end(_ reader: PackedReader) throws(RecordFault) -> TransferTerms.End {
        if let wallet = try reader.optionalText(.wallet) { return .wallet(try WalletID(stored: wallet)) }
        return .channel(PaymentChannel(try reader.text(.channel)))
    }
}
