/// Developers and staff.
extension ConfigurationBuilder {
    mutating func console(_ model: FileModel.Console?, _ messages: MessageSettings) -> ConsoleSettings {
        var settings = ConsoleSettings()
        if let name = model?.name {
            if !(2...60).contains(name.unicodeScalars.count) || name.trimmed != name {
                fault("/console/name", "must have 2 to 60 characters, and no space at its ends")
            }
            settings.name = name
        }
        settings.mostApps = Int(
            within(model?.maxApps, 0...1_000, Int64(ConsoleSettings.standardMostApps), at: "/console/max_apps"))
        settings.requiresWallet = model?.walletRequired ?? true
        // In the sandbox everybody may try it.
        settings.isSignUpOpen = messages.mail != nil && (model?.developers ?? environment.sandboxOnly)
        if model?.developers == true, messages.mail == nil {
            fault(
                "/console/developers",
                "developers confirm their addresses by mail: describe a mail server in \"messages\" (\"mail\")")
        }
        return settings
    }
}
