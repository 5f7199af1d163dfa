extension Schema {
    /// Notifications that matched nothing in their time, to be found by people.
    static let unmatched = """
        CREATE INDEX inbox_orphaned ON inbox (id) WHERE state = 'orphaned';
        """
}
