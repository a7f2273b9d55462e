import ActivityStreams
import Foundation
import JSONTree
import Keys
import Mentoring
import TestSupport
import Testing
import Wire

@testable import Federation
@testable import HTTPSignatures

/// The smaller vectors of `schemas/vectors`: what is signed, what is digested, what is read of one member.
struct WireVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let file: JSON
        let json: JSON

        var testDescription: String {
            [json["form"], json["name"] ?? json["text"]].compactMap { $0?.string }.joined(separator: ": ")
        }
    }

    static func vectors(_ name: String) -> [Vector] {
        guard let file = try? Vectors.file(name) else { return [] }
        return file["vectors"].list.map { Vector(file: file, json: $0) }
    }

    @Test("No file is empty", arguments: ["signatures", "ratings", "series", "durations"])
    func areThere(name: String) { #expect(Self.vectors(name).count > 5) }

    // MARK: Signatures

    private func request(_ json: JSON) throws -> RequestMessage {
        RequestMessage(
            method: try #require(json["method"]?.string), target: try #require(json["target"]?.string),
            fields: try #require(json["fields"]?.object).map {
                HeaderField(name: $0.key, value: $0.value.string ?? "")
            }, body: Array((json["body"]?.string ?? "").utf8))
    }

    @Test(arguments: vectors("signatures"))
    func signature(vector: Vector) throws {
        let json = vector.json
        let origin = try uri(try #require(vector.file["origin"]?.string)).origin
        let now = try #require(vector.file.date("at"))
        let claim = SignatureClaim.read(
            try request(json), at: now, policy: VerificationPolicy(origins: [origin]))
        let accepted = try #require(json["accepted"]?.bool as Bool?)
        switch claim {
        case .failure(let refusal): #expect(!accepted, "refused: \(refusal)")
        case .success(let claim):
            let key = try #require(vector.file["keys"]?[claim.keyID.string]?["public"]?.string)
            let verdict = claim.verify(with: try PublicKey(pem: key))
            #expect((verdict == .verified) == accepted, "\(verdict)")
            guard accepted else { return }
            let base = Array(try #require(json["base"]?.string).utf8)
            #expect(claim.signingStrings.contains(base))
        }
    }

    @Test(
        "Our own requests are signed to the letter of the vectors",
        arguments: vectors("signatures").filter { $0.json["signedBy"] != nil })
    func signing(vector: Vector) throws {
        let json = vector.json
        let (id, key) = try #require(vector.file["keys"]?.object?.first.map { ($0.key, $0.value) })
        let signer = RequestSigner(keyID: try uri(id), key: try PrivateKey(pem: try #require(key["private"]?.string)))
        let fields = try #require(json["fields"])
        let content = json["body"]?.string.map {
            OutgoingRequest.Content(type: fields["Content-Type"]?.string ?? "", bytes: Array($0.utf8))
        }
        let target = "\(vector.file["origin"]?.string ?? "")\(json["target"]?.string ?? "")"
        let added = try signer.fields(
            for: OutgoingRequest(method: try #require(json["method"]?.string), uri: try uri(target), content: content),
            at: try #require(vector.file.date("at")),
            form: json["form"] == "rfc9421" ? .messageSignature : .draftCavage())
        for field in added { #expect(fields[field.name]?.string == field.value, "\(field.name)") }
        #expect(added.contains { $0.name == "Signature" })
    }

    // MARK: What is digested and read

    @Test(arguments: vectors("ratings"))
    func rating(vector: Vector) throws {
        let canonical = try #require(vector.json["rating"]?.canonical())
        #expect(String(decoding: canonical, as: UTF8.self) == vector.json["canonical"]?.string)
        #expect(Hexadecimal.encode(Digest.sha256(canonical)) == vector.json["digest"]?.string)
    }

    @Test(arguments: vectors("series"))
    func series(vector: Vector) throws {
        let event: JSON = ["id": vector.json["event"], "mnt:series": vector.json["series"]]
        let mark = SeriesDocument(event, terms: MentoringTerms(contextOf: event))?.mark
        let id = try #require(event["id"]?.uri)
        let read = mark.flatMap { $0.uri.isSameOrigin(as: id) ? $0 : nil }.map { mark -> JSON in
            [
                "id": .string(mark.uri.string), "position": .int(mark.position), "count": .int(mark.count),
                "frequency": .string(mark.frequency.wireName),
            ]
        }
        #expect((read ?? .null) == vector.json["then"])
    }

    @Test(arguments: vectors("durations"))
    func duration(vector: Vector) throws {
        let read = Holding(wireName: try #require(vector.json["text"]?.string))
        #expect(read.map { JSON.string($0.wireName) } ?? .null == vector.json["then"])
    }
}
