/// Puts candidates that cannot be told apart into groups, from the best downwards.
///
/// "Cannot be told apart" is not transitive: of three rates the first may be like the second, the second like the third, and
/// the first unlike the third. So each group is what cannot be told from *its best*, and from nobody else: the best of what
/// is left leads a group, everything that cannot be told from it joins, and so on with the rest. The groups depend on the
/// rates alone, not on the order in which candidates come.
enum NoiseGroups {
    /// Makes the groups.
    ///
    /// - Parameters:
    ///   - ranked: Places from the best to the worst.
    ///   - isAlike: Whether the second place cannot be told from the first, which leads.
    /// - Returns: Places in groups, best group first; in each group its leader is first and the others follow by `ranked`.
    static func of(_ ranked: [Int], isAlike: (Int, Int) -> Bool) -> [[Int]] {
        var groups: [[Int]] = []
        var rest = ranked
        while let leader = rest.first {
            let group = rest.filter { $0 == leader || isAlike(leader, $0) }
            groups.append(group)
            rest.removeAll { $0 == leader || group.contains($0) }
        }
        return groups
    }
}
