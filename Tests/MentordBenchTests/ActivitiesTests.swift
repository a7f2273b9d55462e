import JSONTree
import Testing

@testable import mentord_bench

struct ActivitiesTests {
    private let world: World
    private let home = Home(
        origin: "http://home.localhost:8420", people: ["noor", "mika"],
        posts: (1...8).map { "http://home.localhost:8420/posts/\($0)" })

    init() throws { world = try World(port: 9) }

    @Test("every activity is JSON of its sender with an id of its own")
    func documents() throws {
        var activities = Activities(world: world, home: home)
        let all = activities.introductions() + activities.next(3000) + activities.follows(of: Home.star)
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(Set(all.map(\.kind)) == Set(Activities.Kind.allCases))
        for activity in all {
            let document = try JSON.parse(Array(activity.body.utf8))
            #expect(document["id"]?.string == activity.id)
            #expect(document["actor"]?.string == world.people[activity.person].uri)
        }
    }

    @Test("an Undo takes back a Like that was sent before by the same person, and none twice")
    func undo() {
        var activities = Activities(world: world, home: home)
        var standing: [String: Int] = [:]
        for activity in activities.introductions() + activities.next(5000) {
            switch activity.trace {
            case .like(let id): standing[id] = activity.person
            case .withdrawnLike(let id): #expect(standing.removeValue(forKey: id) == activity.person)
            default: break
            }
        }
    }

    @Test("the same seed gives the same run, and both mixes are whole")
    func seed() {
        var (one, other) = (Activities(world: world, home: home), Activities(world: world, home: home))
        #expect(one.next(200).map(\.id) == other.next(200).map(\.id))
        #expect(Activities.mix.map(\.1).reduce(0, +) == 100)
        #expect(Activities.firstContact.map(\.1).reduce(0, +) == 100)
    }
}
