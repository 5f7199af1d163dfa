import WebText

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
                var members = number(contact.value).objectValue ?? JSONObject()
                members["confirmed_at"] = contact.confirmedAt?.stored ?? .null
                return .object(members)
            } ?? .null,
            "email": account.email.map { contact in
                ["address": .string(contact.value), "confirmed_at": contact.confirmedAt?.stored ?? .null]
            } ?? .null,
            "new_email": JSONValue(account.newEmail),
            "roles": account.roles.isEmpty ? .null : .array(account.roles.sorted().map { .string($0.rawValue) }),
            "second_factor": account.secondFactor.map { factor in
                [
                    "secret": .string(Hex.text(factor.secret)), "confirmed_at": factor.confirmedAt?.stored ?? .null,
                    "last_step": JSONValue(factor.lastStep),
                ]
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
        account.newEmail = try record.optionalText("new_email")
        account.wantsMessages = !record.flag("silent")
        account.state = try record.word("state")
        account.generation = try record.integer("generation")
        account.version = try record.integer("version")
        account.roles = Set(try record.words("roles"))
        account.secondFactor = try secondFactor(record.optionalRecord("second_factor"))
        return account
    }

    private static func phone(_ record: StoredRecord?) throws(RecordFault) -> Account.Contact<MSISDN>? {
        guard let record else { return nil }
        return Account.Contact(try number(record), confirmedAt: try record.optionalMoment("confirmed_at"))
    }

    /// A phone number as it stands in sealed records.
    static func number(_ phone: MSISDN) -> JSONValue {
        [
            "calling_code": .string(phone.callingCode), "country": .string(phone.countryCode),
            "national": .string(phone.national),
        ]
    }

    /// Reads it back.
    static func number(_ record: StoredRecord) throws(RecordFault) -> MSISDN {
        MSISDN(
            callingCode: try record.text("calling_code"), countryCode: try record.text("country"),
            national: try record.text("national"))
    }

    private static func email(_ record: StoredRecord?) throws(RecordFault) -> Account.Contact<String>? {
        guard let record else { return nil }
        return Account.Contact(try record.text("address"), confirmedAt: try record.optionalMoment("confirmed_at"))
    }

    private static func secondFactor(_ record: StoredRecord?) throws(RecordFault) -> SecondFactor? {
        guard let record else { return nil }
        guard let secret = Hex.bytes(try record.text("secret")) else {
            throw RecordFault("a second factor is no secret")
        }
        return SecondFactor(
            secret: secret, confirmedAt: try record.optionalMoment("confirmed_at"),
            lastStep: try record.integer("last_step"))
    }

    /// That a wallet is an account's; sealed, so that nobody makes one another's by writing to the store.
    package static func holding(of wallet: WalletID, by account: AccountID) -> [UInt8] {
        Array("\(wallet.text) \(account.text)".utf8)
    }
}
