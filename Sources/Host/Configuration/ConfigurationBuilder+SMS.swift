import Messages
import Router
import WebText

/// The HTTP gateway for SMS.
extension ConfigurationBuilder {
    private static let sms = "/messages/sms"

    mutating func sms(_ model: FileModel.SMS, _ mode: PayEnvironment) -> SMSDescription? {
        let before = issues.count { $0.severity != .warning }
        let addresses: AddressPolicy = model.addresses == .any ? .any : .publicOnly
        checkAddress(model.url, addresses)
        let headers = self.headers(model.headers ?? [:])
        let body = self.body(model.body, model.format ?? .json)
        let templates = headers.map(\.value) + (body?.templates ?? [])
        if let body { checkPlaces(body) }
        let secret = self.secret(
            model.secret, of: templates, inHeader: headers.contains { $0.value.uses(.secret) }, mode)
        let accepted = statuses(model.accepted, SMSDescription.usuallyAccepted, "accepted")
        let refused = statuses(model.refused, SMSDescription.usuallyRefused.subtracting(accepted), "refused")
        if let both = accepted.intersection(refused).min() {
            fault(Self.sms + "/refused", "\(both) stands under \"accepted\", too; it can mean only one of both")
        }
        guard let body, issues.count(where: { $0.severity != .warning }) == before else { return nil }
        return SMSDescription(
            url: model.url, method: model.method == .put ? .put : .post, headers: headers, body: body, secret: secret,
            accepted: accepted, refused: refused, addresses: addresses)
    }

    /// What people wrote must not get into addresses, which others log.
    private mutating func checkAddress(_ url: String, _ addresses: AddressPolicy) {
        let place = Self.sms + "/url"
        guard !url.contains("{") else {
            return fault(place, "must hold no place such as {phone}: addresses are logged; put it into the body")
        }
        do throws(WebURL.Fault) {
            let address = try WebURL(url)
            let isHere = address.isLiteralLoopback || address.host == "localhost"
            if address.hasFragment { fault(place, "must have no fragment (#)") }
            if !address.isSecure, !isHere {
                fault(place, "must start with https://; http:// is allowed to a loopback address of this machine only")
            }
            if isHere, addresses == .publicOnly {
                fault(place, "is this machine, and only public addresses are spoken to; add \"addresses\": \"any\"")
            }
        } catch { fault(place, "is no address: \(error)") }
    }

    private mutating func headers(_ model: [String: String]) -> [SMSDescription.Header] {
        var seen: Set<String> = []
        return model.sorted { $0.key < $1.key }.compactMap { name, text in
            let place = Self.sms + "/headers/" + JSONPointer.escaped(name)
            if let detail = HeaderRule.fault(ofName: name) { fault(place, detail) }
            if !seen.insert(name.lowercased()).inserted { fault(place, "the header stands there twice") }
            if !HeaderRule.isValue(text) { fault(place, "must hold no line breaks and no other control characters") }
            return template(text, MessageTemplate.Place.ofHeaders, at: place).map { .init(name, $0) }
        }
    }

    private mutating func body(_ model: JSONValue, _ format: FileModel.SMS.Format) -> SMSBody? {
        let place = Self.sms + "/body"
        let before = issues.count { $0.severity != .warning }
        switch (format, model) {
        case (.json, .object), (.json, .array):
            let tree = tree(model, at: place)
            return issues.count { $0.severity != .warning } == before ? .json(tree) : nil
        case (.form, .object(let object)):
            let fields = object.members.compactMap { member -> SMSBody.Field? in
                let here = place + "/" + JSONPointer.escaped(member.name)
                guard let text = member.value.stringValue else {
                    fault(here, "expected a string, found \(member.value.kindName): the fields of a form are texts")
                    return nil
                }
                return template(text, MessageTemplate.Place.ofBodies, at: here).map { .init(member.name, $0) }
            }
            return issues.count { $0.severity != .warning } == before ? .form(fields) : nil
        default:
            fault(place, "expected an object, found \(model.kindName)")
            return nil
        }
    }

    private mutating func tree(_ value: JSONValue, at pointer: String) -> SMSBody.Tree {
        switch value {
        case .string(let text):
            template(text, MessageTemplate.Place.ofBodies, at: pointer).map { .text($0) } ?? .other(value)
        case .array(let items): .list(items.enumerated().map { tree($0.element, at: "\(pointer)/\($0.offset)") })
        case .object(let object):
            .object(
                object.members.map { .init($0.name, tree($0.value, at: pointer + "/" + JSONPointer.escaped($0.name))) })
        case .null, .bool, .number: .other(value)
        }
    }

    private mutating func template(
        _ text: String, _ places: [MessageTemplate.Place], at pointer: String
    ) -> MessageTemplate? {
        do throws(MessageTemplate.Fault) { return try MessageTemplate(text, allowing: places) } catch {
            fault(pointer, error.text)
            return nil
        }
    }

    /// A gateway that is told neither whom nor what would accept everything and deliver nothing.
    private mutating func checkPlaces(_ body: SMSBody) {
        func uses(_ place: MessageTemplate.Place) -> Bool { body.templates.contains { $0.uses(place) } }
        if !uses(.phone), !uses(.phoneDigits) {
            fault(Self.sms + "/body", "says nowhere whom the message is for; write {phone} or {phone_digits}")
        }
        if !uses(.text) { fault(Self.sms + "/body", "says nowhere what the message says; write {text}") }
    }

    private mutating func secret(
        _ reference: String?, of templates: [MessageTemplate], inHeader: Bool, _ mode: PayEnvironment
    ) -> Secret? {
        let place = Self.sms + "/secret"
        let isUsed = templates.contains { $0.uses(.secret) }
        guard let reference else {
            if isUsed { fault(place, "must be there where {secret} is used; write \"env:NAME\" or \"file:PATH\"") }
            return nil
        }
        if !isUsed {
            issues.append(.init(place, "is used nowhere; write {secret} into a header", severity: .warning))
        }
        guard let secret = secret(reference, mode, at: place) else { return nil }
        if inHeader, !HeaderRule.isValue(secret.reveal()) {
            fault(place, "holds a line break or another control character, which no header may hold")
        }
        return secret
    }

    private mutating func statuses(_ model: [Int64]?, _ standard: Set<Int>, _ name: String) -> Set<Int> {
        guard let model else { return standard }
        let place = Self.sms + "/" + name
        if model.isEmpty, name == "accepted" { fault(place, "must hold at least one status") }
        for (index, status) in model.enumerated() where !(200...599).contains(status) {
            fault("\(place)/\(index)", "must be a status of HTTP, 200 to 599")
        }
        return Set(model.map(Int.init))
    }
}
