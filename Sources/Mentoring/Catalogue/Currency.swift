/// An active currency of ISO 4217.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three capital letters.
    package let code: String
    /// Decimal places of its minor unit: 0, 2 or 3.
    package let fractionDigits: Int

    /// nil for anything but the exact code of a currency in circulation (no funds, metals or test codes).
    package init?(_ code: String) {
        guard code.utf8.count == 3, Self.codes.contains(code) else { return nil }
        self.code = code
        fractionDigits = Self.withoutFraction.contains(code) ? 0 : Self.withThousandths.contains(code) ? 3 : 2
    }

    package var description: String { code }

    private static func set(_ codes: String) -> Set<String> {
        Set(codes.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let codes = set(
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
        CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
        HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
        MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
        QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
        TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
        """)
    private static let withoutFraction = set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
    private static let withThousandths = set("BHD IQD JOD KWD LYD OMR TND")
}
