import Router

/// Card data spread over the members of one object: a number beside its code or end of life, or a number in pieces.
enum CardMembers {
    /// Names of members that hold a card's number, without case, digits and signs.
    private static let numbers: Set<String> = [
        "number", "num", "no", "nr", "pan", "card", "cc", "cardnumber", "cardnum", "cardno", "cardnr", "cardpan",
        "ccnumber",
        "ccnum", "ccno", "creditcard", "creditcardnumber", "debitcard", "debitcardnumber", "primaryaccountnumber",
        "carte",
        "numero", "numerocarte", "numerodecarte", "numerodelacarte", "numcarte", "nocarte", "part",
    ]

    /// Names of what is printed beside it.
    private static let companions: Set<String> = [
        "cvc", "cvv", "csc", "cid", "securitycode", "cryptogram", "cryptogramme", "exp", "expiry", "expirydate",
        "expiration",
        "expirationdate", "expdate", "expmonth", "expyear", "expirymonth", "expiryyear", "validthru", "validuntil",
        "dateexpiration", "datedexpiration",
    ]

    /// The name of the first member that is a part of card data, if there is one.
    static func find(in object: JSONObject) -> String? {
        var pieces: [(ordinal: Int, name: String, digits: [UInt8])] = []
        var hasCompanion = false
        for member in object.members {
            let (stem, ordinal) = taken(member.name)
            guard let text = member.value.typedText, let digits = CardNumbers.bareDigits(text), !digits.isEmpty else {
                continue
            }
            if isNumber(stem) { pieces.append((ordinal, member.name, digits)) }
            if (1...8).contains(digits.count), isCompanion(stem) { hasCompanion = true }
        }
        // Beside a code or an end of life any number with a right sum is a card's, whoever issued it.
        if hasCompanion,
            let whole = pieces.first(where: {
                (12...19).contains($0.digits.count) && CardNumbers.hasRightSum($0.digits)
            })
        {
            return whole.name
        }
        guard pieces.count > 1 else { return nil }
        pieces.sort { $0.ordinal < $1.ordinal }
        let joined = pieces.flatMap(\.digits)
        guard joined.count <= 40, CardNumbers.contains(joined.map { $0 + 0x30 }) else { return nil }
        return pieces[0].name
    }

    private static func isNumber(_ stem: String) -> Bool {
        numbers.contains(stem) || ["cardnumber", "cardno", "cardnum", "ccnumber"].contains { stem.hasSuffix($0) }
    }

    private static func isCompanion(_ stem: String) -> Bool {
        for beginning in ["creditcard", "card", "cc"] where stem.hasPrefix(beginning) {
            if companions.contains(String(stem.dropFirst(beginning.count))) { return true }
        }
        return companions.contains(stem)
    }

    /// A member's name without case, digits and signs, and the number in it: `Card_number2` is the second `cardnumber`.
    private static func taken(_ name: String) -> (stem: String, ordinal: Int) {
        var (stem, ordinal) = ([UInt8](), 0)
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39: ordinal = min(ordinal * 10 + Int(byte - 0x30), 1_000)
            case 0x41...0x5A, 0x61...0x7A: stem.append(byte | 0x20)
            default: continue
            }
        }
        return (String(decoding: stem, as: UTF8.self), ordinal)
    }
}

extension JSONValue {
    /// What stands there, whether it was written as a string or a number.
    fileprivate var typedText: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
