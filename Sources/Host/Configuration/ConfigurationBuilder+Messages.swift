import CurlTransport
import Messages
import Router

/// How messages get to people.
extension ConfigurationBuilder {
    /// Without a word about it a sandbox keeps them in its inbox, and production sends none.
    mutating func messages(_ model: FileModel.Messages?, of providers: [JSONValue]) -> MessageSettings {
        guard let model else { return hasInbox(providers) ? .sandbox : MessageSettings() }
        // Where real money moves, real secrets must not stand in the file.
        let mode: PayEnvironment = providers.contains(where: Self.isProduction) ? .production : .sandbox
        var settings = MessageSettings()
        if let sms = model.sms { settings.phone = self.sms(sms, mode).map { .gateway($0) } }
        if let mail = model.mail { settings.mail = self.mail(mail, mode) }
        return settings
    }

    /// Whether sandbox operators run beside the router; a file that is only looked at is taken for one that they run for.
    private func hasInbox(_ providers: [JSONValue]) -> Bool {
        guard !environment.sandboxOnly else { return true }
        let operators = environment.sandbox?.operators ?? []
        return !providers.contains(where: Self.isProduction)
            && operators.contains { environment.sandboxURL($0) != nil }
    }

    private mutating func mail(_ model: FileModel.Mail, _ mode: PayEnvironment) -> MessageSettings.Mail? {
        let place = "/messages/mail"
        let security = MailServer.Security(model.security)
        if !MailServer.isHost(model.host) {
            fault(place + "/host", "is no host; write a name such as smtp.example.com, without scheme and port")
        } else if security == .none, !MailServer.isLoopback(model.host) {
            fault(
                place + "/security",
                "without TLS mail goes to this machine only (127.0.0.1, [::1], localhost); write \"starttls\" or \"tls\""
            )
        }
        let port = within(model.port, 1...65_535, 0, at: place + "/port")
        let login = self.login(model, mode, at: place)
        if let path = model.caFile, let issue = environment.secrets.certificatesFault(path) {
            fault(place + "/ca_file", issue.detail)
        }
        let server = MailServer(
            host: model.host, port: Int(port), security: security, login: login,
            authorities: model.caFile.map { .bundle(path: $0) } ?? .system)
        do throws(MailSender.Fault) { return .server(server, from: try MailSender(model.from)) } catch {
            fault(place + "/from", error.text)
            return nil
        }
    }

    private mutating func login(
        _ model: FileModel.Mail, _ mode: PayEnvironment, at place: String
    ) -> MailServer.Login? {
        switch (model.user, model.password) {
        case (nil, nil): return nil
        case (nil, _?):
            fault(place + "/user", "must be there where \"password\" is")
            return nil
        case (_?, nil):
            fault(place + "/password", "must be there where \"user\" is; write \"env:NAME\" or \"file:PATH\"")
            return nil
        case (let user?, let password?):
            if user.isEmpty { fault(place + "/user", "must not be empty; leave user and password out for no login") }
            return secret(password, mode, at: place + "/password").map { .init(user: user, password: $0) }
        }
    }
}

extension MailServer.Security {
    fileprivate init(_ model: FileModel.Mail.Security) {
        self =
            switch model {
            case .starttls: .starttls
            case .tls: .tls
            case .none: .none
            }
    }
}
