/// The templates among the files that a program embeds.
package enum TemplateFiles {
    /// The templates of a folder, named as pages and partials name them: `step.mustache` in `pay` is `pay.step`.
    package static func named(
        _ folder: String, _ files: [(name: String, text: String)]
    ) -> [(name: String, text: String)] {
        let ending = ".mustache"
        return files.filter { $0.name.hasSuffix(ending) }.map {
            ("\(folder).\($0.name.dropLast(ending.count))", $0.text)
        }
    }
}
