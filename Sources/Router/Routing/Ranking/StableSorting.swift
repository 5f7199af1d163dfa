extension Array {
    /// Sorted, and what is equal stays in its order.
    ///
    /// By insertion, in place: candidates are few, and there is a ranking with every payment. More than a few dozen are sorted by
    /// the library.
    func stableSorted(by isBefore: (Element, Element) -> Bool) -> [Element] {
        guard count <= 48 else {
            return enumerated().sorted { left, right in
                if isBefore(left.element, right.element) { return true }
                return !isBefore(right.element, left.element) && left.offset < right.offset
            }.map(\.element)
        }
        var result = self
        for end in indices.dropFirst() {
            var place = end
            while place > 0, isBefore(result[place], result[place - 1]) {
                result.swapAt(place, place - 1)
                place -= 1
            }
        }
        return result
    }
}
