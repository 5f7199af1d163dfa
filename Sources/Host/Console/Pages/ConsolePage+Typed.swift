extension ConsolePage {
    /// Shows again what somebody typed into the form that leads to an address: nobody types it twice because of a mistake.
    ///
    /// Passwords and codes are typed anew.
    ///
    /// - Parameters:
    ///   - typed: What the form sent.
    ///   - address: Where it was sent.
    mutating func show(_ typed: QueryParameters, in address: String) {
        for block in blocks.indices {
            for form in blocks[block].forms.indices where blocks[block].forms[form].action == address {
                blocks[block].forms[form].show(typed)
            }
        }
    }
}

extension PageForm {
    fileprivate mutating func show(_ typed: QueryParameters) {
        for field in fields {
            switch field.kind {
            case .password, .newPassword, .code: continue
            case .text, .phone, .email, .amount, .username, .latin:
                if let value = typed[field.name] { fill(field.name, value) }
            }
        }
    }
}
