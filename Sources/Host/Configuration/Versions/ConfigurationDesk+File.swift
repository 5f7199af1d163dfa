import Router
import Synchronization

/// What the router does by itself when its file, or a file with a secret, is changed.
extension ConfigurationDesk {
    /// Takes the file as it is now: it becomes a version, and is activated if it and the present one say so.
    ///
    /// One that cannot be used is told of once, and changes nothing.
    func fileChanged(_ file: [UInt8]) async {
        await lock.withLock {
            let hash = FileHash.of(file)
            let isNews = state.withLock { state in
                defer { state.seen = hash }
                return state.seen != hash
            }
            guard isNews else { return }
            await take(file)
        }
    }

    private func take(_ file: [UInt8]) async {
        let wish = ConfigurationVersions.Wish(by: .file)
        switch await makeAlone(file, wish, from: .file) {
        case .invalid(let failure): alarm("\(failure)")
        case .failed(let failure):
            // It is looked at again.
            state.withLock { $0.seen = nil }
            observer.record(.storeFailed(failure))
        case .made(let version, _, _):
            let active = state.withLock(\.active)
            let tree = ConfigurationLoader.tree(file)
            guard loader.activatesItself(tree), loader.activatesItself(active),
                version.number != engine?.configuration?.number
            else { return }
            let result = await activateAlone(
                ActivationWish(number: version.number, expected: nil, wish: wish, isUntried: true))
            if let why = result.refusal { alarm("version \(version.number), made of \(loader.path): \(why)") }
        }
    }

    /// Reads the present version's secrets anew, and works with it as it is then if anything has changed.
    func secretsChanged() async {
        await lock.withLock {
            guard let engine, let number = engine.configuration?.number,
                let stored = try? await versions.store.configuration(number)
            else { return }
            do throws(ConfigurationFailure) {
                let configuration = try loader.loadAdmitted(stored.file, as: ConfigurationStart.name(number))
                let present = engine.providers
                guard configuration.providers.contains(where: { present[$0.id]?.definition != $0.definition }) else {
                    return
                }
            } catch { return tell("\(error)") }
            let wish = ConfigurationVersions.Wish(by: .file, reason: "secrets were read again")
            let result = await activateAlone(ActivationWish(number: number, expected: number, wish: wish))
            if let why = result.refusal { tell(why) }
        }
    }

    /// The files that hold secrets of the version that is worked with.
    var secretFiles: [String] {
        let providers = state.withLock(\.active)["providers"]?.arrayValue ?? []
        let references = providers.flatMap { $0["secrets"]?.objectValue?.members.compactMap(\.value.stringValue) ?? [] }
        return Set(references.compactMap(SecretSource.file)).sorted()
    }

    /// Calls people, unless they were called for the same a moment ago.
    private func tell(_ why: String) {
        let isNews = state.withLock { state in
            defer { state.told = why }
            return state.told != why
        }
        if isNews { alarm(why) }
    }

    private func alarm(_ detail: String) {
        observer.record(.alarm(.configurationRefused, order: nil, detail: detail))
    }
}
