import Router

extension ConfigurationBuilder {
    mutating func limits(_ model: FileModel.Provider, at pointer: String) -> [String: ClosedRange<Int64>] {
        var result: [String: ClosedRange<Int64>] = [:]
        for (code, limit) in (model.limits ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/limits/\(code)"
            guard Currency(code: code) != nil else {
                fault(place, CurrencyWords.fault(code))
                continue
            }
            let (low, high) = (limit.min ?? 1, limit.max ?? Int64.max)
            guard low >= 1, low <= high else {
                fault(place, "\"min\" must be at least 1 and not above \"max\", in minor units")
                continue
            }
            result[code] = low...high
        }
        return result
    }

    /// How much may be in payments whose end is not known.
    mutating func exposureLimits(_ model: FileModel.Provider, at pointer: String) -> [String: Int64] {
        for (code, limit) in (model.exposureLimits ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/exposure_limits/\(code)"
            if Currency(code: code) == nil { fault(place, CurrencyWords.fault(code)) }
            if limit < 1 { fault(place, "must be at least 1, in minor units; leave it out for no limit") }
        }
        return model.exposureLimits ?? [:]
    }

    /// What the operator shows payers of single apps.
    mutating func shops(_ model: FileModel.Provider, at pointer: String) -> [AppID: Shop] {
        var result: [AppID: Shop] = [:]
        for (text, shop) in (model.shops ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/shops/" + JSONPointer.escaped(text)
            guard let id = AppID(text) else {
                fault(place, "\"\(text)\" is not an app id; `payrouter apps list` shows them")
                continue
            }
            for (name, value, limit) in [("brand", shop.brand, 150), ("text", shop.text, 250)] {
                guard let value, !(1...limit).contains(value.unicodeScalars.count) else { continue }
                fault(place + "/\(name)", "expected 1 to \(limit) characters")
            }
            result[id] = Shop(brand: shop.brand, text: shop.text)
        }
        return result
    }

    mutating func apps(_ model: FileModel.Provider, at pointer: String) -> Set<AppID> {
        var result: Set<AppID> = []
        for (index, text) in (model.apps ?? []).enumerated() {
            guard let id = AppID(text) else {
                fault(pointer + "/apps/\(index)", "\"\(text)\" is not an app id; `payrouter apps list` shows them")
                continue
            }
            result.insert(id)
        }
        return result
    }
}
