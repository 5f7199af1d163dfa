extension NumberingPlan {
    /// The number that somebody meant.
    ///
    /// - Parameters:
    ///   - text: What they wrote.
    ///   - code: ISO code of the country whose numbers are written without it.
    /// - Returns: The number, which exists as far as its country's plan says.
    /// - Throws: What is wrong with it, and what would be right.
    func read(_ text: String, defaultCountry code: String?) throws(MSISDNError) -> MSISDN {
        let spelling = try PhoneSpelling(text)
        let digits = spelling.digits
        var national: MSISDNError?
        if !spelling.isInternational, let code {
            guard let country = country(code: code) else { throw .unknownCountry }
            switch country.read(digits[...], bracketedZero: spelling.bracketedZero == 0) {
            case .success(let number): return number
            // A landline at home is no mobile number abroad, though its digits may look like one.
            case .failure(let error):
                if case .landline = error { throw error }
                national = error
            }
        }
        guard let country = country(ofInternational: digits) else {
            guard spelling.isInternational else { throw national ?? .unknownCountry }
            return try MSISDN(withoutPlan: spelling)
        }
        let start = country.callingCode.utf8.count
        switch country.read(digits[start...], bracketedZero: spelling.bracketedZero == start) {
        case .success(let number): return number
        case .failure(let error):
            if let national, !national.isOfLength { throw national }
            throw error
        }
    }
}

extension NumberingPlan.Country {
    /// A national number, perhaps with the zero before it that is dialled within the country.
    func read(_ digits: ArraySlice<UInt8>, bracketedZero: Bool) -> Result<MSISDN, MSISDNError> {
        let first = verdict(digits)
        guard digits.first == 0, bracketedZero || hasTrunkZero else { return first }
        // In brackets the zero is hardly meant as a part of the number, otherwise it hardly is not.
        let second = verdict(digits.dropFirst())
        let (likely, other) = bracketedZero ? (second, first) : (first, second)
        guard case .failure(let error) = likely else { return likely }
        if case .failure(let otherError) = other { return .failure(error.isOfLength ? otherError : error) }
        return other
    }

    private func verdict(_ digits: ArraySlice<UInt8>) -> Result<MSISDN, MSISDNError> {
        switch use(of: digits) {
        case .mobile where nationalLengths.contains(digits.count): return .success(MSISDN(country: self, digits))
        case .landline: return .failure(.landline(country: code))
        default: break
        }
        if let renumbered, digits.count == renumbered.length {
            let now = renumbered.prefix.utf8.map { $0 - 0x30 } + digits
            switch use(of: now[...]) {
            case .mobile: return .failure(.renumbered(MSISDN(country: self, now[...])))
            case .landline: return .failure(.landline(country: code))
            case nil: break
            }
        }
        return .failure(
            nationalLengths.contains(digits.count)
                ? .unassigned(country: code) : .wrongLength(country: code, expected: nationalLengths))
    }
}

extension MSISDNError {
    /// Whether only the number of digits is wrong.
    fileprivate var isOfLength: Bool {
        if case .wrongLength = self { return true }
        return false
    }
}

extension MSISDN {
    fileprivate init(country: NumberingPlan.Country, _ digits: ArraySlice<UInt8>) {
        self.init(callingCode: country.callingCode, countryCode: country.code, national: Self.text(digits))
    }

    /// A number of a country without a plan, as E.164 allows: a calling code in use, 7 to 15 digits.
    fileprivate init(withoutPlan spelling: PhoneSpelling) throws(MSISDNError) {
        var digits = spelling.digits
        guard let code = CallingCodes.of(digits) else { throw .notInUse }
        if spelling.bracketedZero == code.length { digits.remove(at: code.length) }
        guard (7...15).contains(digits.count) else { throw digits.count > 15 ? .tooLong : .notInUse }
        // Numbers with 13 digits may have a right sum by chance; longer ones hardly exist.
        let text = Self.text(digits[...])
        guard digits.count < 14 || !CardNumbers.contains(text) else { throw .cardNumber }
        self.init(
            callingCode: String(text.prefix(code.length)), countryCode: code.country,
            national: String(text.dropFirst(code.length)))
    }

    private static func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    }
}
