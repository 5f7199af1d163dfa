extension Schema {
    /// A name belongs to one app; of apps that share one, the oldest keeps it and the others get the end of their id
    /// behind it.
    static let appNames = """
        UPDATE apps SET name = name || ' (' || substr(id, -6) || ')'
            WHERE EXISTS (
                SELECT 1 FROM apps AS older
                WHERE older.name = apps.name
                    AND (older.created_at < apps.created_at
                        OR (older.created_at = apps.created_at AND older.id < apps.id)));
        CREATE UNIQUE INDEX apps_by_name ON apps (name);
        """
}
