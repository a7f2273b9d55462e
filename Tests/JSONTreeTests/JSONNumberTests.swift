import Testing

@testable import JSONTree

@Suite struct JSONNumberTests {
    private static let thousandZeros = String(repeating: "0", count: 1_000)

    @Test("Only integral numbers within 64 bits have an int", arguments: [
        ("0", 0), ("-0", 0), ("-0.0", 0), ("0e5", 0), ("0.000e-9", 0), ("0e99999999999999999999", 0), ("1", 1),
        ("-1", -1), ("1.0", 1), ("1e2", 100), ("1E+2", 100),
        ("1.5e1", 15), ("1.50e1", 15), ("150e-1", 15), ("-1.0e0", -1), ("100e-2", 1), ("0.001e3", 1),
        ("1e18", 1_000_000_000_000_000_000),
        ("9223372036854775807", .max), ("9223372036854775807.000", .max), ("922337203685477580.7e1", .max),
        ("-9223372036854775808", .min), ("-9223372036854775808.0", .min),
        ("9007199254740993", 9_007_199_254_740_993), ("9007199254740993.0", 9_007_199_254_740_993),
        ("9223372036854775808", nil), ("-9223372036854775809", nil), ("9223372036854775808.0", nil), ("1e19", nil),
        ("-1e19", nil), ("1e400", nil), ("-1e400", nil), ("1e99999999999999999999", nil),
        ("1e-99999999999999999999", nil), ("1" + thousandZeros, nil), ("-1" + thousandZeros, nil),
        ("1" + thousandZeros + "e-1000", 1), ("0." + thousandZeros + "1e1001", 1),
        ("1.5", nil), ("-1.5", nil), ("0.1", nil), ("1e-1", nil), ("15e-1", nil), ("1e-400", nil),
        ("0.9999999999999999999999", nil), ("1.0000000000000000000001", nil),
    ] as [(String, Int?)])
    func int(literal: String, expected: Int?) throws {
        #expect(Int.bitWidth == 64)
        #expect(try JSON.parse(literal).int == expected)
        #expect(try JSON.parse(literal).serializedText() == literal)
    }

    @Test(arguments: [
        ("0", 0), ("1.5", 1.5), ("-1.5e3", -1500), ("1e308", 1e308), ("1e-400", 0),
        ("9007199254740993", 9_007_199_254_740_992),
        ("0.1000000000000000055511151231257827", 0.1), ("1e309", nil), ("-1e400", nil), ("1" + thousandZeros, nil),
    ] as [(String, Double?)])
    func double(literal: String, expected: Double?) throws {
        #expect(try JSON.parse(literal).double == expected)
    }

    @Test(arguments: [
        ("1", "1.0", true), ("1", "1e0", true), ("100", "1e2", true), ("0", "-0", true), ("0.5", "0.5", true),
        ("1e400", "1e400", true),
        ("0.5", "0.50", false), ("1", "1.5", false), ("1", "2", false),
        ("9223372036854775807", "9223372036854775808", false), ("1e400", "1e401", false),
        ("9223372036854775808", "9223372036854775809", false),
    ])
    func equality(left: String, right: String, expected: Bool) throws {
        #expect((try JSON.parse(left) == JSON.parse(right)) == expected)
        #expect((try JSON.parse(right) == JSON.parse(left)) == expected)
    }

    @Test(arguments: [
        (0.5, "0.5"), (3, "3"), (-0.0, "-0"), (1e20, "1e+20"), (Double.leastNonzeroMagnitude, "5e-324"), (1e15, "1000000000000000"),
        (0.1 + 0.2, "0.30000000000000004"),
    ])
    func fromDouble(value: Double, literal: String) throws {
        let number = try #require(JSON.Number(value))
        #expect(number.literal == literal)
        #expect(try JSON.parse(literal).double == value)
    }

    @Test(arguments: [Double.infinity, -Double.infinity, Double.nan])
    func hasNothingForNonFinite(value: Double) {
        #expect(JSON.Number(value) == nil)
        #expect(JSON.double(value) == .null)
    }

    @Test(arguments: [
        ("12.50", true), ("-0", true), ("1e5", true), ("", false), (" 1", false), ("1 ", false), ("01", false),
        ("+1", false), ("0x1", false), ("NaN", false), ("\"1\"", false), ("١", false),
    ])
    func fromLiteral(literal: String, isNumber: Bool) {
        #expect(JSON.Number(literal: literal)?.literal == (isNumber ? literal : nil))
    }
}
