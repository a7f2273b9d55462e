import CorpusTesting
import Testing

/// Requests of `Tests/Corpus`.
@Suite struct SignatureCorpusTests {
    private static let corpus = Corpus("Signature")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try SignaturePromises.check(input.bytes)
        try SignaturePromises.checkEffort(input.bytes)
    }

    /// Without them there would be nothing that could be forged.
    @Test func honestRequestsAreKnown() {
        #expect(SignaturePromises.honest.count == 12)
        #expect(Set(SignaturePromises.honest.map(\.key)).count == 2)
    }
}
