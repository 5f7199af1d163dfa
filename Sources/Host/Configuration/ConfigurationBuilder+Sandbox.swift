import Router
import WebText

/// What a sandbox operator knows of this router.
extension ConfigurationBuilder {
    /// The settings of a provider as they are used.
    ///
    /// A real operator signs the address that stands in its own settings, so `providers.json` repeats it. A sandbox
    /// operator calls this very router, whichever port it has today.
    func settings(_ model: FileModel.Provider) -> JSONValue {
        var settings = model.settings ?? .object(JSONObject())
        guard model.environment == .sandbox, model.baseURL == nil, let router = environment.routerURL,
            let name = environment.sandbox?.addressSetting(model.kind),
            var members = settings.objectValue, let text = members[name]?.stringValue, (try? WebURL(text)) != nil
        else { return settings }
        members[name] = .string("\(router)/callbacks/\(model.id)")
        settings = .object(members)
        return settings
    }
}
