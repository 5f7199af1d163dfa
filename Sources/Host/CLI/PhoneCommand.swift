import ArgumentParser
import Router

/// `payrouter phone`: how numbers are read.
struct PhoneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phone", abstract: "Say how phone numbers are read, or why they are refused.",
        discussion:
            "Example: payrouter phone '+228 90 11 22 33'. Without numbers, every line of the standard input is one.")

    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: "ISO code of the country of national numbers, such as TG.")
    var defaultCountry: String?

    @Argument(help: "The numbers, each as one argument.") var numbers: [String] = []

    func run() async throws {
        try await reportingFailures {
            do throws(Problem) { _ = try DefaultCountry.checked(defaultCountry, at: "/--default-country") } catch {
                throw CommandFailure(description: error.detail)
            }
            var isGood = true
            func tell(_ text: String) {
                let reading = Self.reading(text, defaultCountry)
                if reading["error"] != .null { isGood = false }
                Terminal.out(
                    output.json ? String(decoding: reading.serialized(), as: UTF8.self) : Self.line(reading))
            }
            if numbers.isEmpty {
                while let line = readLine() { tell(line) }
            } else {
                numbers.forEach(tell)
            }
            if !isGood { throw ExitCode(Terminal.Exit.failed.rawValue) }
        }
    }

    private static func reading(_ text: String, _ country: String?) -> JSONValue {
        do throws(MSISDNError) {
            let phone = try MSISDN(parsing: text, defaultCountry: country)
            return [
                "number": .string(phone.e164), "country": .string(phone.countryCode),
                "national": .string(phone.national),
                "has_plan": .bool(phone.hasPlan), "operator": JSONValue(phone.carrierHint?.operator), "error": .null,
            ]
        } catch {
            return [
                "number": .null, "country": .null, "national": .null, "has_plan": .null, "operator": .null,
                "error": .string(error.answer),
            ]
        }
    }

    private static func line(_ reading: JSONValue) -> String {
        if let error = reading["error"]?.stringValue { return "refused: \(error)" }
        let words = ["number", "country"].compactMap { reading[$0]?.stringValue }
        let hint = reading["operator"]?.stringValue.map { "prefix of \($0)" }
        let unknown = reading["has_plan"] == true ? nil : "for channels that need no phone only"
        return (words + [hint, unknown].compactMap(\.self)).joined(separator: "  ")
    }
}
