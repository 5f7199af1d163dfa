extension Schema {
    /// Who sent a notification decides what is kept of it.
    ///
    /// Of strangers' messages `sealed` is empty until they match an attempt. Rows of before are judged when they are
    /// applied. The one index over open rows counts them by sender and finds what is due without reading a message: every
    /// row that a stranger makes us write costs as few pages as it can.
    static let inbox = """
        ALTER TABLE inbox ADD COLUMN trust TEXT NOT NULL DEFAULT 'unread';
        ALTER TABLE inbox ADD COLUMN reference TEXT;
        ALTER TABLE inbox ADD COLUMN operator_reference TEXT;
        ALTER TABLE inbox ADD COLUMN attempt TEXT;
        DROP INDEX inbox_open;
        CREATE INDEX inbox_open ON inbox (provider, trust, received_at, id, retry_at) WHERE retry_at IS NOT NULL;
        CREATE INDEX inbox_attempt ON inbox (attempt, received_at) WHERE attempt IS NOT NULL;
        """
}
