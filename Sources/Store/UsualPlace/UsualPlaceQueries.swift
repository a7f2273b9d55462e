package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    /// Where somebody usually meets, at most one place of each medium.
    package func usualPlaces(of actor: ActorID) async throws -> [Place] {
        try await rows(
            "select medium, detail, link, platform, passcode from usual_places where actor_id = \(actor) order by medium"
        ).map { row in
            Place(
                medium: try row.get("medium"), detail: try row.get("detail"), link: try row.get("link"),
                platform: try row.get("platform"), passcode: try row.get("passcode"))
        }
    }

    /// In place of the one of that medium.
    package func setUsualPlace(_ place: Place, of actor: ActorID) async throws {
        try await execute(
            """
            insert into usual_places (actor_id, medium, detail, link, platform, passcode)
            values (\(actor), \(place.medium), \(place.detail), \(place.link), \(place.platform), \(place.passcode))
            on conflict (actor_id, medium) do update set detail = excluded.detail, link = excluded.link,
                platform = excluded.platform, passcode = excluded.passcode
            """)
    }

    /// Gives whether there was one.
    package func removeUsualPlace(_ medium: Place.Medium, of actor: ActorID) async throws -> Bool {
        try await execute("delete from usual_places where actor_id = \(actor) and medium = \(medium)") > 0
    }
}
