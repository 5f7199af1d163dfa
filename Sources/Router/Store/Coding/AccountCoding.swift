/// An account as stores keep it; must be sealed.
package enum AccountCoding {
    package static func record(_ account: Account) -> [UInt8] {
        StoredRecord.bytes([
            "id": .string(account.id.text), "username": .string(account.username.text),
            "created_at": account.createdAt.stored, "name": .string(account.name),
            "password": .string(account.passwordHash), "language": JSONValue(account.language),
            "silent": account.wantsMessages ? .null : true, "state": .string(account.state.rawValue),
            "generation": JSONValue(account.generation), "version": JSONValue(account.version),
            "phone": account.phone.map { contact in
                [
                    "calling_code": .string(contact.value.callingCode), "country": .string(contact.value.countryCode),
                    "national": .string(contact.value.national),
                    "confirmed_at": contact.confirmedAt?.stored ?? .null,
                ]
            } ?? .null,
            "email": account.email.map { contact in
                ["address": .string(contact.value), "confirmed_at": contact.confirmedAt?.stored ?? .null]
            } ?? .null,
        ])
    }

    /// - Throws: If the record lacks something, or is another account's.
    package static func account(_ bytes: [UInt8], id: AccountID) throws(RecordFault) -> Account {
        let record = try StoredRecord(bytes)
        guard try record.id("id") == id, let username = Username(try record.text("username")) else {
            throw RecordFault("an account's record is another one's")
        }
        var account = Account(
            id: id, username: username, name: try record.text("name"), passwordHash: try record.text("password"),
            phone: try phone(record.optionalRecord("phone")), email: try email(record.optionalRecord("email")),
            language: try record.optionalText("language"), createdAt: try record.moment("created_at"))
        account.wantsMessages = !record.flag("silent")
        account.state = try record.word("state")
        account.generation = try record.integer("generation")
        account.version = try record.integer("version")
        return account
    }

    private static func phone(_ record: StoredRecord?) throws(RecordFault) -> Account.Contact<MSISDN>? {
        guard let record else { return nil }
        let number = MSISDN(
            callingCode: try record.text("calling_code"), countryCode: try record.text("country"),
            national: try record.text("national"))
        return Account.Contact(number, confirmedAt: try record.optionalMoment("confirmed_at"))
    }

    private static func email(_ record: StoredRecord?) throws(RecordFault) -> Account.Contact<String>? {
        guard let record else { return nil }
        return Account.Contact(try record.text("address"), confirmedAt: try record.optionalMoment("confirmed_at"))
    }

    /// That a wallet is an account's; sealed, so that nobody makes one another's by writing to the store.
    package static func holding(of wallet: WalletID, by account: AccountID) -> [UInt8] {
        Array("\(wallet.text) \(account.text)".utf8)
    }
}
