import ArgumentParser
import Router

/// Commands that do not exist, told with the one that may have been meant.
enum CommandNames {
    /// What is wrong with the command that arguments name; `nil` if they name one, or ask for help.
    ///
    /// - Parameters:
    ///   - arguments: The process's arguments, without its own name.
    ///   - root: The command that they are given to.
    /// - Returns: The message, with the remedy.
    static func fault(in arguments: [String], of root: any ParsableCommand.Type) -> String? {
        var (command, path) = (root, "")
        for argument in arguments {
            let known = command.configuration.subcommands
            guard !known.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
            guard let next = known.first(where: { $0._commandName == argument }) else {
                let names = known.map { $0._commandName }
                let question = NearestName.of(argument, among: names).map { "; did you mean \"\(path)\($0)\"?" }
                return "there is no command \"\(path)\(argument)\""
                    + (question ?? "; known: " + names.joined(separator: ", "))
            }
            (command, path) = (next, path + argument + " ")
        }
        return nil
    }
}
