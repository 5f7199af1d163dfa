import Router

/// A text with places, such as `{phone}`, for what is known of a message.
package struct MessageTemplate: Sendable, Hashable {
    /// What a place can stand for.
    package enum Place: String, CaseIterable, Sendable {
        /// The number as E.164, with a plus.
        case phone
        /// The same without the plus.
        case phoneDigits = "phone_digits"
        /// The message's text.
        case text
        /// What a repeat is recognised by, ``/Router/OutboundMessage/token``.
        case id
        /// The gateway's secret.
        case secret

        /// What may stand in a request's body.
        package static let ofBodies = Place.allCases
        /// What may stand in a header: nothing that comes from people.
        package static let ofHeaders: [Place] = [.secret, .id]
    }

    /// Why a text is no template; names what is wrong and what would be right.
    package struct Fault: Error, Sendable, Hashable {
        /// The end of a sentence about the text.
        package var text: String
    }

    private enum Piece: Sendable, Hashable {
        case text(String)
        case place(Place)
    }

    private let pieces: [Piece]

    /// Reads a template.
    ///
    /// - Throws: If a brace has no partner, or stands around a name that is no place, or none that may stand here.
    package init(_ template: String, allowing places: [Place]) throws(Fault) {
        var pieces: [Piece] = []
        var rest = template[...]
        while let brace = rest.firstIndex(where: { "{}".contains($0) }) {
            pieces.append(.text(String(rest[..<brace])))
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
                throw Fault(text: "has a brace without its partner; write places such as {\(Self.names(places)[0])}")
            }
            let name = String(rest[rest.index(after: brace)..<end])
            guard let place = Place(rawValue: name), places.contains(place) else {
                let known = Self.names(places)
                let question = NearestName.question(name, among: known).map { "; " + $0 } ?? ""
                let list = known.map { "{\($0)}" }.joined(separator: ", ")
                throw Fault(
                    text: "has {\(name.prefix(40))}, which stands for nothing here\(question); there are \(list)")
            }
            pieces.append(.place(place))
            rest = rest[rest.index(after: end)...]
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces
    }

    /// Whether something stands for a place.
    package func uses(_ place: Place) -> Bool { pieces.contains(.place(place)) }

    /// The text with its places filled.
    package func filled(_ value: (Place) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .place(let place): value(place)
            }
        }.joined()
    }

    private static func names(_ places: [Place]) -> [String] { places.map(\.rawValue) }
}
