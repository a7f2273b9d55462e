import CorpusTesting
import Testing

/// Questions and answers of `Tests/Corpus`.
@Suite struct WebFingerCorpusTests {
    private static let corpus = Corpus("WebFinger")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try WebFingerPromises.check(input.bytes)
        try WebFingerPromises.checkEffort(input.bytes)
    }
}
