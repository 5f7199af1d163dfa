/// Records of older releases, which were JSON in rows of their own, as the parts of one unit.
extension UnitCoding {
    /// A part and its members, spelled as older records spell them.
    package typealias OlderPart = (part: UnitPart, members: JSONObject)

    /// The members of a record of before, opened.
    ///
    /// - Throws: ``RecordFault`` if the bytes are not a JSON object.
    package static func olderMembers(_ record: [UInt8]) throws(RecordFault) -> JSONObject {
        guard let object = (try? StrictJSON.parse(record, maximumDepth: 64))?.objectValue else {
            throw RecordFault("a record cannot be read")
        }
        return object
    }

    /// The bytes of a unit that holds an order as it is: its parts in the order in which ``bytes(_:)`` writes them, and all
    /// its evidence.
    package static func bytes(_ parts: [OlderPart], _ evidence: [Evidence]) -> [UInt8] {
        packed { writer in
            for (part, members) in parts { writer.part(part) { $0.members(of: members) } }
            for item in evidence { write(item, &writer) }
        }
    }

    /// The bytes of a unit that tells of events in the bytes that were made of them.
    package static func bytes(writtenEvents: [[UInt8]]) -> [UInt8] {
        packed { write(writtenEvents, &$0) }
    }
}
