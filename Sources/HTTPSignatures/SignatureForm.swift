/// How a request is signed: in one way only, because a verifier may take a mixture for neither.
package enum SignatureForm: Hashable, Sendable {
    /// draft-cavage-http-signatures-12, which every known peer reads.
    case draftCavage(TargetForm = .full)
    /// RFC 9421.
    case messageSignature

    /// What stands for the target in a draft-cavage signature; peers disagree about the query of a GET.
    package enum TargetForm: Hashable, Sendable {
        case full
        case withoutQuery
    }
}
