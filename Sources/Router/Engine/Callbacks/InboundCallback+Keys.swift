import Crypto
import WebText

extension InboundCallback {
    /// A name for equal notifications of operators that number none.
    var digest: String {
        var hash = SHA256()
        for part in [method, pathRest, query] {
            hash.update(data: Array(part.utf8))
            hash.update(data: [0])
        }
        hash.update(data: body)
        return "sha256:" + Hex.text(hash.finalize())
    }

    /// A name among notifications that nobody vouches for; no believed one has such a key.
    var strangersKey: String { "hint:" + digest }

    /// Everything of it that the sender chose, but its headers, in bytes.
    var size: Int { pathRest.utf8.count + query.utf8.count + body.count }

    /// With only as many headers as fit beside the rest; signatures are short and come with any of them.
    func shortened(to bytes: Int) -> InboundCallback {
        var (kept, room) = (self, bytes - size)
        kept.headers = headers.filter { header in
            guard !["cookie", "user-agent", "accept"].contains(header.name) else { return false }
            room -= header.name.utf8.count + header.value.utf8.count
            return room >= 0
        }
        return kept
    }
}

extension CallbackSubject {
    /// The name it names the transaction by.
    var text: String {
        switch self {
        case .reference(let text), .operatorReference(let text): text
        }
    }
}

extension ProviderRuntime {
    /// The contracts of everything it can do.
    var contracts: [ProviderContract] {
        [manifest.contract]
            + [manifest.payout?.contract, manifest.refund?.contract, manifest.authorization?.contract].compactMap(
                \.self)
    }
}
