import Foundation
import Testing
import Wire

@testable import Mentoring

struct WorkspaceItemDraftTests {
    @Test(
        "what is wrong is named",
        arguments: [
            (WorkspaceItemDraft(kind: .agenda, text: ""), ["text"]),
            (.init(kind: .agenda, text: String(repeating: "x", count: 301)), ["text"]),
            (.init(kind: .agenda, text: "two\nlines"), ["text"]),
            (.init(kind: .link, text: "Plan"), ["link"]),
            (.init(kind: .link, text: "Plan", link: "http://x.example/"), ["link"]),
            (.init(kind: .link, text: "Plan", link: "javascript:alert(1)"), ["link"]),
            (.init(kind: .link, text: "Plan", link: "https://"), ["link"]),
            (.init(kind: .agenda, text: "Plan", link: "https://x.example/"), ["link"]),
            (.init(kind: .action, text: "Write", doer: "everybody"), ["for"]),
            (.init(kind: .topic, text: "Write", doer: "mentee"), ["for"]),
            (.init(kind: .action, text: "Write", due: "2027-02-30"), ["due"]),
            (.init(kind: .agenda, text: "Write", due: "2027-02-20"), ["due"]),
            (.init(kind: .action, text: "", doer: "x", due: "soon"), ["text", "for", "due"]),
        ])
    func faults(draft: WorkspaceItemDraft, fields: [String]) {
        do {
            let words = try draft.checked()
            Issue.record("\(words)")
        } catch {
            #expect(error.errors.map(\.field) == fields)
        }
    }

    @Test("an action without a name is for both")
    func everybody() throws {
        let words = try WorkspaceItemDraft(kind: .action, text: " Write ", due: "2027-02-28").checked()
        #expect(words.text == "Write" && words.doer == .both && words.due?.description == "2027-02-28")
    }

    @Test("what another community tells is made to fit or left out")
    func heard() {
        #expect(WorkspaceItem.Words(heard: .topic, text: " ", link: nil, doer: nil, due: nil) == nil)
        #expect(WorkspaceItem.Words(heard: .link, text: "x", link: URI("http://x.example/"), doer: nil, due: nil) == nil)
        let long = WorkspaceItem.Words(
            heard: .topic, text: String(repeating: "x", count: 5000), link: URI("https://x.example/"), doer: "mentor",
            due: "2027-02-28")
        #expect(long?.text.count == 300 && long?.link == nil && long?.doer == nil && long?.due == nil)
    }
}
