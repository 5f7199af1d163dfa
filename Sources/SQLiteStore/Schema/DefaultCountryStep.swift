extension Schema {
    /// An app's country, whose phone numbers its callers may write without the calling code.
    static let defaultCountry = """
        ALTER TABLE apps ADD COLUMN default_country TEXT;
        """
}
