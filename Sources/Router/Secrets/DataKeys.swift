package import Crypto

/// The keys of an installation's data, one of 256 bits for each purpose.
///
/// They lie in the store, wrapped by the master key (``wrapped(by:)``), and stay what they are for as long as the data do:
/// another master key wraps the same keys anew, and nothing that was made with them changes.
package struct DataKeys: Sendable {
    /// What a key is for.
    ///
    /// The raw values stand in records, and the first keys of older installations were derived under them: they never
    /// change.
    package enum Purpose: String, Sendable, CaseIterable {
        /// Seals what must not be readable in the store.
        case seal
        /// Finds again what is sealed, for instance a phone number.
        case blindIndex = "blind-index"
        /// Makes the references that operators see.
        case operatorReference = "operator-reference"
        /// Hashes apps' API keys.
        case apiKeys = "api-keys"
        /// Signs the links to payers' pages.
        case hostedPage = "hosted-page"
        /// Hashes the tokens of people who sign findings.
        case personTokens = "person-tokens"
        /// Makes one-time codes and keys, and hashes them and the cookies of sessions.
        case oneTimeCodes = "one-time-codes"
        /// Signs the tokens with which holders call.
        case holderTokens = "holder-tokens"
    }

    private let seal: SymmetricKey
    private let blindIndex: SymmetricKey
    private let operatorReference: SymmetricKey
    private let apiKeys: SymmetricKey
    private let hostedPage: SymmetricKey
    private let personTokens: SymmetricKey
    private let oneTimeCodes: SymmetricKey
    private let holderTokens: SymmetricKey
    /// Keys of purposes that only a newer program knows, by their names; kept for it.
    let others: [String: SymmetricKey]
    /// Names the master key that they were made or unwrapped under; see ``MasterKey/id``.
    package let masterKeyID: String

    /// Makes each key in turn.
    init<Fault: Error>(
        under master: MasterKey, others: [String: SymmetricKey] = [:],
        _ key: (Purpose) throws(Fault) -> SymmetricKey
    ) throws(Fault) {
        seal = try key(.seal)
        blindIndex = try key(.blindIndex)
        operatorReference = try key(.operatorReference)
        apiKeys = try key(.apiKeys)
        hostedPage = try key(.hostedPage)
        personTokens = try key(.personTokens)
        oneTimeCodes = try key(.oneTimeCodes)
        holderTokens = try key(.holderTokens)
        self.others = others
        masterKeyID = master.id
    }

    /// The keys of an installation of before, which knew the master key alone and derived every other one from it.
    package static func derived(from master: MasterKey) -> DataKeys {
        DataKeys(under: master) { master.derive($0.rawValue) }
    }

    /// The keys of a new installation: random, but for the one that makes operators' references.
    ///
    /// That one begins as the master key's, so that an empty database in the place of a lost one makes the same reference
    /// for the same order again (invariant I-40).
    package static func fresh(_ master: MasterKey) -> DataKeys {
        DataKeys(under: master) { purpose in
            switch purpose {
            case .operatorReference: master.derive(purpose.rawValue)
            case .seal, .blindIndex, .apiKeys, .hostedPage, .personTokens, .oneTimeCodes, .holderTokens:
                SymmetricKey(size: .bits256)
            }
        }
    }

    /// The key for a purpose.
    package subscript(purpose: Purpose) -> SymmetricKey {
        switch purpose {
        case .seal: seal
        case .blindIndex: blindIndex
        case .operatorReference: operatorReference
        case .apiKeys: apiKeys
        case .hostedPage: hostedPage
        case .personTokens: personTokens
        case .oneTimeCodes: oneTimeCodes
        case .holderTokens: holderTokens
        }
    }
}

extension DataKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says whose they are, so that no log or error shows one.
    package var description: String { "<data keys under master key \(masterKeyID)>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
