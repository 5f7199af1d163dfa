import Router

/// Conditions about who pays, or is paid.
extension ConditionReader {
    mutating func payer(_ when: FileModel.When, at pointer: String) -> [RouteCondition] {
        var result: [RouteCondition] = []
        if let list = when.phoneCountry {
            let codes = values(list, at: pointer + "/phone.country")
            for code in codes where NumberingPlan.builtIn.country(code: code) == nil {
                let known = NumberingPlan.builtIn.countries.map(\.code)
                let question = known.contains(code.uppercased()) ? " did you mean \"\(code.uppercased())\"?" : ""
                fault(
                    pointer + "/phone.country",
                    "\"\(code)\" is not in the numbering plan;\(question) known: \(known.joined(separator: ", "))")
            }
            result.append(.phoneCountry(codes))
        }
        if let list = when.phoneOperator {
            result.append(.phoneOperator(values(list, at: pointer + "/phone.operator")))
        }
        if let list = when.phonePrefix { result.append(prefixes(list, at: pointer + "/phone.prefix")) }
        result += card(when, at: pointer)
        if let list = when.payerCountry {
            result.append(.payerCountry(countries(list, at: pointer + "/payer.country")))
        }
        if let list = when.payerLanguage {
            let languages = values(list, at: pointer + "/payer.language")
            for language in languages where !ISOForms.isLanguage(language) {
                fault(pointer + "/payer.language", "\"\(language)\" is no ISO 639-1 code in lower case, such as \"fr\"")
            }
            result.append(.language(languages))
        }
        return result
    }

    private mutating func prefixes(_ list: FileModel.OneOrMany, at pointer: String) -> RouteCondition {
        .phonePrefix(
            values(list, at: pointer).map { text in
                let digits = text.utf8.first == 0x2B ? String(text.dropFirst()) : text
                if !CardFact.isDigits(digits, lengths: 1...15) {
                    fault(pointer, "\"\(text)\" is no beginning of an international number, such as \"+22890\"")
                }
                return digits
            })
    }

    private mutating func card(_ when: FileModel.When, at pointer: String) -> [RouteCondition] {
        var result: [RouteCondition] = []
        if let list = when.cardBrand {
            let brands = values(list, at: pointer + "/card.brand")
            for brand in brands where brand != brand.lowercased() {
                fault(pointer + "/card.brand", "brands are in lower case here: \"\(brand.lowercased())\"")
            }
            result.append(.card(.brand, brands))
        }
        if let list = when.cardCountry {
            result.append(.card(.country, countries(list, at: pointer + "/card.country")))
        }
        if let list = when.cardFunding {
            let kinds = values(list, at: pointer + "/card.funding")
            for kind in kinds where !CardFact.fundings.contains(kind) {
                fault(
                    pointer + "/card.funding",
                    "\"\(kind)\" is no funding" + NearestName.remedy(kind, among: CardFact.fundings))
            }
            result.append(.card(.funding, kinds))
        }
        if let list = when.cardBIN {
            let prefixes = values(list, at: pointer + "/card.bin")
            for prefix in prefixes where !CardFact.isDigits(prefix, lengths: 1...8) {
                fault(pointer + "/card.bin", "\"\(prefix)\" is no beginning of a BIN: use 1 to 8 digits")
            }
            result.append(.card(.bin, prefixes))
        }
        return result
    }

    private mutating func countries(_ list: FileModel.OneOrMany, at pointer: String) -> [String] {
        let codes = values(list, at: pointer)
        for code in codes where !ISOForms.isCountry(code) {
            fault(pointer, "\"\(code)\" is no ISO 3166 code in upper case, such as \"TG\"")
        }
        return codes
    }
}
