/// RSASSA-PSS as OpenSSL’s command line tool writes it, over ``KeyFixtures/message``; no private half of the key
/// exists.
enum PSSFixtures {
    static let key = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA9PzcZJTp3IVHzM/YetAM
        4ZWpkhwkONHbSIBEVHs+T6fLkCDnIgv+VwmXnsx4DRYPwB2bqQtIUPripfbFavaE
        VXCA9BPsxCYk4+k6TQgnmVtrqQrb4VzFB0+lo4hEed/niT/o5GDlrabcLMIUZWNd
        whSRkVZfcDjgl7KTl1k0d60Ld6vlDLiTi/VsSzFMCfXL3hTozl7Gcgs7ZqfezpYm
        9f7DbOMNIFY8nyinj529GS6MGSecb8f9zvjniZ8SZKg0EaEoIqC+39Jsor1Wn6bk
        QQxGAgyOozS1lwGFzhRQQImUr0RWNxXNyaCMg1LzTdZNndIR+YJAVbQqOEx1gf43
        vQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// With SHA-512, MGF1 of SHA-512 and a salt of 64 bytes: what RFC 9421 section 3.3.1 asks for.
    static let signature =
        "cGL3LZwrnWEaDCuEksE1W4eNgkAg0dZtLShqJV6V1rKixoHEkIKb7N/rst8oL+TuEgFKRwLRzVMOCm/Cc8FqkVSs"
        + "q5eDDsQLQYpkgDMUE20SzdbfJtKRUC8LrGcicLMf5KmmiBzVYnUnDcw9+TXKUHmwKz6MABZiGbzsy8Ch960ZxNvi"
        + "2FtiiGW/b04dOtxHSlaLjbttL26EGXIxeGhzVt86nzK/jnOKDd3XfrrQ3iZyLfHWus21aS6++C4KvNgjJ+RwlSTJ"
        + "JG9x2zVF9o78AflGi3jpw2Gtw8mxO/b1PI6wuSuadQprbPF+EgQdDoTlyPbDoFG5ok+NGEo0H+Ryig=="

    /// With a salt of 32 bytes.
    static let shortSalt =
        "PRmckRlxlONEiKRhmtTKwV8hPzkCyQzVM0CSr3RD6LdwPFXGwYBIWp6VoVTpG3vV/exdfWxyknPQ7B0Q8RdBfA1Y"
        + "NGDbMO5YZuOrQMaKf8tX/EfDn/WBlOtfkQqWWl1TXYzAoMb33VgJpS/KDwsbDR1er52TOhLQEz/PdWnENFsoQZIs"
        + "glQQn/NtCrQFFl+lPmY0NqYah1chGZb4ZP3fMRQr8Ku4393ILElIczoOz5IX1k31dM4GT1E8XPA4jle/UxjzIWiS"
        + "WBxO/Qja9yYdf7ldIpdKdlpLSwchSydatusTc5HJox4atHoZt2Y6wz8FbFBpQ62NCj0vAp0eTls94Q=="

    /// With MGF1 of SHA-256.
    static let otherMask =
        "yduTSPiwUmc5LEKvHCy+vFgQ0U7QqnPu3/9wMrQUgsLgZOI9l1IBLw+zMRFWC6I4WsfU+msVbxaHxaBdW+MGuLOs"
        + "EN8D6RND/OqbI6bmXD6vNgkMhLlw3IaY6A5Ujlf7ynQyoC0vgX+N6Dgq2rMsA5oGQ3QkGnWR3WqnllxFdq2q2bVZ"
        + "F5l6P7g3LosBbh0afA2WrHYiRJKuazJic61DwIFMV3aajfTYXo3WvjG2mSu00BVk88twcMHWWwxCSEDmayi0kbyz"
        + "xsJf2wb/q2TTcSO1+pmwXhYBVqtuhHXxxkX9jja7l4RC4NB28K6tr1w3N32gIsg6AtT1KpjDDaOtZA=="
}
