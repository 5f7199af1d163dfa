import WebText

/// Versions of the configuration and their activations as stores keep them; must be sealed.
package enum ConfigurationCoding {
    package static func record(_ version: ConfigurationVersion) -> [UInt8] {
        StoredRecord.bytes([
            "number": JSONValue(version.number), "hash": .string(Hex.text(version.hash)),
            "size": JSONValue(Int64(version.size)), "made_at": version.madeAt.stored, "by": maker(version.by),
            "person": person(version.by), "reason": JSONValue(version.reason),
            "source": .string(version.source.rawValue), "warnings": .array(version.warnings.map(JSONValue.string)),
        ])
    }

    /// - Throws: If the record lacks something, or is another version's.
    package static func version(
        _ bytes: [UInt8], number: Int64, triedOn: Int64
    ) throws(RecordFault) -> ConfigurationVersion {
        let record = try StoredRecord(bytes)
        guard try record.integer("number") == number, let hash = Hex.bytes(try record.text("hash")) else {
            throw RecordFault("the record of a version of the configuration is another one's")
        }
        var version = ConfigurationVersion(
            number: number, hash: hash, size: Int(try record.integer("size")), madeAt: try record.moment("made_at"),
            by: try maker(record), reason: try record.optionalText("reason"), source: try record.word("source"),
            warnings: (record.value("warnings")?.arrayValue ?? []).compactMap(\.stringValue))
        version.triedOn = triedOn
        return version
    }

    package static func record(_ activation: ConfigurationActivation) -> [UInt8] {
        StoredRecord.bytes([
            "number": JSONValue(activation.number), "previous": activation.previous.map { JSONValue($0) } ?? .null,
            "at": activation.at.stored, "by": maker(activation.by), "person": person(activation.by),
            "reason": JSONValue(activation.reason), "rollback": .bool(activation.isRollback),
        ])
    }

    /// - Throws: If the record lacks something, or is of another version.
    package static func activation(
        _ bytes: [UInt8], number: Int64
    ) throws(RecordFault) -> ConfigurationActivation {
        let record = try StoredRecord(bytes)
        guard try record.integer("number") == number else {
            throw RecordFault("the record of an activation is of another version")
        }
        return ConfigurationActivation(
            number, after: try record.optionalInteger("previous"), at: try record.moment("at"),
            by: try maker(record), reason: try record.optionalText("reason"),
            isRollback: record.value("rollback")?.boolValue ?? false)
    }

    private static func maker(_ maker: ConfigurationVersion.Maker) -> JSONValue {
        switch maker {
        case .file: "file"
        case .commandLine: "command_line"
        case .person: "person"
        }
    }

    private static func person(_ maker: ConfigurationVersion.Maker) -> JSONValue {
        if case .person(let name) = maker { .string(name) } else { .null }
    }

    private static func maker(_ record: StoredRecord) throws(RecordFault) -> ConfigurationVersion.Maker {
        switch try record.text("by") {
        case "file": .file
        case "command_line": .commandLine
        case "person": .person(try record.text("person"))
        default: throw RecordFault("a version of the configuration was made by an unknown kind of maker")
        }
    }
}
