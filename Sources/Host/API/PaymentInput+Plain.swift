import Router

extension PaymentInput {
    /// Reads a body.
    ///
    /// - Throws: Everything that is wrong with its form.
    static func read(_ body: JSONValue) throws(Problem) -> PaymentInput {
        if let plain = PaymentInput(plain: body) { return plain }
        return try JSONBody.decode(PaymentInput.self, body)
    }

    /// Reads a body in which every member is known and of the right kind, as nearly all are; `nil` at the first that is not,
    /// so that ``JSONBody/decode(_:_:beside:)`` says what is wrong.
    ///
    /// What is `null` counts as left out. Member by member, because asking a decoder for each of the names costs five times as much.
    private init?(plain body: JSONValue) {
        guard let object = body.objectValue else { return nil }
        var (amount, currency): (Int64?, String?)
        var (capture, hosted): (Bool?, Bool?)
        var texts = (reference: String?.none, description: String?.none, language: String?.none)
        var (repeatOf, defaultCountry, expiresIn): (String?, String?, Int64?)
        var (channel, customer): (Channels?, CustomerInput?)
        var (source, destination): (Source?, WalletEnd?)
        var (urls, metadata, lines): (URLs?, [String: String]?, [LineInput]?)
        for member in object.members {
            guard let key = CodingKeys(stringValue: member.name) else { return nil }
            let value = member.value
            if case .null = value { continue }
            let isRight =
                switch key {
                case .amount: value.integerValue.into(&amount)
                case .currency: value.stringValue.into(&currency)
                case .channel: Channels(plain: value).into(&channel)
                case .customer: CustomerInput(plain: value).into(&customer)
                case .source: Source(plain: value).into(&source)
                case .destination: WalletEnd(plain: value).into(&destination)
                case .reference: value.stringValue.into(&texts.reference)
                case .description: value.stringValue.into(&texts.description)
                case .returnURLs: URLs(plain: value).into(&urls)
                case .metadata: value.textsByName.into(&metadata)
                case .capture: value.boolValue.into(&capture)
                case .expiresIn: value.integerValue.into(&expiresIn)
                case .language: value.stringValue.into(&texts.language)
                case .hosted: value.boolValue.into(&hosted)
                case .repeatOf: value.stringValue.into(&repeatOf)
                case .defaultCountry: value.stringValue.into(&defaultCountry)
                case .lineItems: LineInput.plain(value).into(&lines)
                }
            guard isRight else { return nil }
        }
        guard let amount, let currency else { return nil }
        self.init(
            amount: amount, currency: currency, channel: channel, customer: customer, source: source,
            destination: destination, reference: texts.reference, description: texts.description, returnURLs: urls,
            metadata: metadata,
            capture: capture, expiresIn: expiresIn, language: texts.language, hosted: hosted, repeatOf: repeatOf,
            defaultCountry: defaultCountry, lineItems: lines)
    }
}

extension PaymentInput.Channels {
    fileprivate init?(plain value: JSONValue) {
        if let name = value.stringValue {
            names = [name]
        } else if let names = value.arrayValue?.map(\.stringValue), !names.contains(nil) {
            self.names = names.compactMap(\.self)
        } else {
            return nil
        }
    }
}

extension PaymentInput.CustomerInput {
    fileprivate init?(plain value: JSONValue) {
        let isPlain = value.readTexts { (key: CodingKeys, text) in
            switch key {
            case .id: id = text
            case .phone: phone = text
            case .email: email = text
            case .name: name = text
            case .country: country = text
            }
        }
        guard isPlain else { return nil }
    }
}

extension PaymentInput.Source {
    fileprivate init?(plain value: JSONValue) {
        var (token, wallet): (String?, String?)
        var hasCard = false
        let isPlain = value.readTexts { (key: CodingKeys, text) in
            switch key {
            case .token: token = text
            case .wallet: wallet = text
            case .card: hasCard = true
            }
        }
        // A card is an object, which the decoder reads, and a text is a fault, which it tells.
        guard isPlain, !hasCard else { return nil }
        self.init(token: token, wallet: wallet)
    }
}

extension WalletEnd {
    fileprivate init?(plain value: JSONValue) {
        var wallet: String?
        guard value.readTexts({ (_: CodingKeys, text) in wallet = text }), let wallet else { return nil }
        self.wallet = wallet
    }
}

extension PaymentInput.URLs {
    fileprivate init?(plain value: JSONValue) {
        let isPlain = value.readTexts { (key: CodingKeys, text) in
            switch key {
            case .success: success = text
            case .failure: failure = text
            case .cancel: cancel = text
            }
        }
        guard isPlain else { return nil }
    }
}

extension JSONValue {
    /// Hands out the members of an object whose names are all known and whose values are texts or `null`, which counts as
    /// left out.
    ///
    /// - Returns: `false` at the first that is something else.
    fileprivate func readTexts<Key: CodingKey>(_ take: (Key, String) -> Void) -> Bool {
        guard let object = objectValue else { return false }
        for member in object.members {
            guard let key = Key(stringValue: member.name) else { return false }
            if case .null = member.value { continue }
            guard let text = member.value.stringValue else { return false }
            take(key, text)
        }
        return true
    }

    /// An object whose values are all texts.
    fileprivate var textsByName: [String: String]? {
        guard let members = objectValue?.members else { return nil }
        var texts: [String: String] = [:]
        for member in members {
            guard let text = member.value.stringValue else { return nil }
            texts[member.name] = text
        }
        return texts
    }
}

extension Optional {
    /// Puts the value into its place; `false` if there is none.
    fileprivate func into(_ place: inout Wrapped?) -> Bool {
        guard let self else { return false }
        place = self
        return true
    }
}
