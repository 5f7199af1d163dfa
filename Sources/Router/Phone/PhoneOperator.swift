/// What a phone number's prefix says about the mobile operator that has it.
package struct PhoneOperator: Sendable, Hashable {
    /// As the numbering plan names it, for instance `togocom`.
    package var name: String
    /// Whether the prefix decides it, because no number of the country was ever taken to another operator.
    package var isCertain: Bool

    package init(name: String, isCertain: Bool) {
        self.name = name
        self.isCertain = isCertain
    }

    /// What the numbering plan says; `nil` if the prefix was given to nobody.
    package init?(of phone: MSISDN) {
        guard let country = NumberingPlan.builtIn.country(code: phone.countryCode),
            let carrier = country.carrier(ofNational: phone.national)
        else { return nil }
        self.init(name: carrier.operator, isCertain: !country.isPorted)
    }
}
