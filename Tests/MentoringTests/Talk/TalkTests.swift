import Foundation
import Testing
import Wire

@testable import Mentoring

/// What is read from what people write.
struct TalkTests {
    private static let day = CalendarDay("2026-12-03")

    private static func time(_ hour: Int, _ minute: Int = 0, _ zone: String? = nil) throws -> TalkTime {
        TalkTime(day: try #require(day), minute: hour * 60 + minute, zone: zone.flatMap { TimeZoneName($0) })
    }

    static let answers: [(String, TalkCommand)] = [
        ("accept", .accept), ("Accept!", .accept), ("ACCEPT with pleasure", .accept), ("yes", .accept),
        ("Yes please", .accept),
        ("ok", .accept), ("Okay, thanks!", .accept), ("Sí", .accept), ("si", .accept), ("Sí, gracias", .accept),
        ("Acepto", .accept), ("vale", .accept), ("@mika accept", .accept), ("@mika@a.example  yes 👍", .accept),
        ("decline", .decline(nil)), ("No", .decline(nil)), ("no, thanks", .decline("thanks")),
        ("No gracias", .decline("gracias")),
        ("no puedo", .decline("puedo")), ("decline not my field", .decline("not my field")),
        ("decline: I travel all of that week, and the next", .decline("I travel all of that week, and the next")),
        ("Decline because I am travelling that week", .decline("because I am travelling that week")),
        ("Rechazo, estoy de viaje toda la semana", .decline("estoy de viaje toda la semana")),
        ("cancel", .cancel(nil)), ("cancel I have fallen ill, so sorry", .cancel("I have fallen ill, so sorry")),
        ("Cancelar: estoy enferma", .cancel("estoy enferma")),
        ("cancelar\nme he puesto muy enferma hoy", .cancel("me he puesto muy enferma hoy")),
        ("another time", .anotherTime(nil, nil)), ("Another time, please", .anotherTime(nil, "please")),
        ("Otra hora", .anotherTime(nil, nil)), ("otro día por favor", .anotherTime(nil, "por favor")),
        ("session", .times), ("Sesión", .times), ("sesión, por favor", .times), ("Session please", .times),
        ("2", .choose(2)), ("2.", .choose(2)), ("#3", .choose(3)), ("número 4", .choose(4)), ("@noor 1", .choose(1)),
        ("help", .help), ("Ayuda!", .help),
    ]

    @Test(arguments: answers)
    func `a short, clear answer is a command`(_ text: String, _ command: TalkCommand) {
        #expect(Talk(text).command == command)
    }

    @Test(arguments: [
        ("session 2026-12-03 15:00 Europe/Berlin 45 portfolio review", "Europe/Berlin", 45, "portfolio review"),
        ("Session 2026-12-03 15:00 europe/berlin 45 Portfolio review", "Europe/Berlin", 45, "Portfolio review"),
        ("sesión 2026-12-03 a las 15:00 Europe/Berlin 45 min mi CV", "Europe/Berlin", 45, "mi CV"),
        ("sesion 2026-12-03T15:00 Europe/Berlin 45min", "Europe/Berlin", 45, nil),
        ("session 2026-12-03T15:00Z my CV", "UTC", nil, "my CV"), ("session 2026-12-03 3pm", nil, nil, nil),
        ("session 2026-12-03, 15h UTC", "UTC", nil, nil), ("session 2026-12-03 15.00 30", nil, 30, nil),
        ("session on 2026-12-03 at 15:00 what is a monad?", nil, nil, "what is a monad?"),
        ("@noor session 2026-12-03 15:00 America/Sao_Paulo 60 minutos hola", "America/Sao_Paulo", 60, "hola"),
    ] as [(String, String?, Int?, String?)])
    func `a session is asked for with what is known of it`(
        _ text: String, zone: String?, minutes: Int?, topic: String?
    ) throws {
        #expect(Talk(text).command == .book(try Self.time(15, 0, zone), minutes: minutes, topic: topic))
    }

    @Test(arguments: [
        ("another time 2026-12-03 15:30", nil), ("Otra hora: 2026-12-03 15:30 Europe/Madrid", "Europe/Madrid"),
        ("move to 2026-12-03 15:30", nil), ("propongo el 2026-12-03 a las 15:30", nil),
        ("Reschedule 2026-12-03 3:30pm", nil),
    ] as [(String, String?)])
    func `another time can be named`(_ text: String, zone: String?) throws {
        #expect(Talk(text).command == .anotherTime(try Self.time(15, 30, zone), nil))
    }

    @Test(arguments: [
        ("session 3/12/2026 15:00", .noSuchDay("3/12/2026")), ("session 2026-02-30 15:00", .noSuchDay("2026-02-30")),
        ("session 2026-12-03", .noTime), ("session 2026-12-03 tomorrow", .noTime),
        ("session 2026-12-03 25:00", .noSuchTime("25:00")), ("session 2026-12-03 13pm", .noSuchTime("13pm")),
        ("session 2026-12-03 15:00 Mars/Phobos 45", .noSuchZone("Mars/Phobos")),
        ("sesión 2026-12-03 15:00 CET", .noSuchZone("CET")),
        ("another time 2026-12-03 15:00 UTC+2", .noSuchZone("UTC+2")),
    ] as [(String, TalkFault)])
    func `what makes no sense is named`(_ text: String, fault: TalkFault) {
        #expect(Talk(text).command == .faulty(fault))
    }

    @Test(arguments: [
        "", "   ", "👍", "@mika", "@mika@a.example", "Hello!", "Thanks", "Gracias", "Could we do it earlier?", "ok?",
        "Yes?", "sí?",
        "accept?", "cancel?", "yes but not on Tuesday", "ok but later", "no problem", "No worries!", "no idea",
        "no estoy seguro",
        "No lo sé", "no hay problema", "I accept that this is hard to answer",
        "Yes, I read what you wrote and will think about it",
        "accept it if you can", "accept but later", "Another thing: how are you?",
        "another time I saw the same error there",
        "Otra vez lo mismo", "Another time?", "Session was great, thank you", "sesión de ayer: muy buena",
        "session about SQL",
        "Cancel culture is a strange thing to speak about here", "Move fast and break things", "propose something",
        "Help me with my portfolio", "ayuda con mi CV", "I need help", "2 things to say", "21", "100", "0", "1 2",
        "Mostly yes",
        "Sure thing is that nobody knows", "si puedes, dime algo de ti", "No, yes of course",
        "vale la pena intentarlo otra vez",
    ])
    func `everything else is talk`(_ text: String) { #expect(Talk(text).command == nil) }

    /// Sentences in which people speak of sessions with the very words of commands, but not as the first.
    @Test func `ordinary sentences are never commands`() {
        let openings = [
            "I", "We", "Maybe", "Perhaps", "Hi", "Hello", "Thanks", "Well", "So", "Could", "Would", "Please", "My",
            "The", "Hola",
            "Quizás", "Creo", "Podemos", "Me", "Mi", "La", "El", "Gracias", "Bueno", "Entonces", "Tal", "When", "What",
            "How",
        ]
        let words = [
            "accept", "decline", "cancel", "session", "another", "time", "yes", "no", "ok", "2026-12-03", "15:00",
            "help", "acepto",
            "sesión", "cancelar", "otra", "hora", "1", "sí", "Europe/Berlin", "portfolio", "never", "@noor", "?", ",",
            "that", "we",
        ]
        var seed: UInt64 = 0x5EED
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<20_000 {
            let sentence = ([openings[next(openings.count)]] + (0...next(12)).map { _ in words[next(words.count)] })
                .joined(separator: " ")
            #expect(Talk(sentence).command == nil, "\(sentence)")
        }
    }

    @Test func `a long text takes no long time and is talk`() {
        let clock = ContinuousClock()
        let text = String(repeating: "accept decline @x 2026-12-03 ", count: 50_000)
        var talk: Talk?
        let time = clock.measure { talk = Talk(text) }
        #expect(talk != nil && talk?.command == nil && time < .seconds(2))
    }

    @Test(arguments: [("sí", TalkLanguage.spanish), ("session", .english), ("sesión", .spanish), ("cancel", .english)])
    func `the word tells the language`(_ text: String, language: TalkLanguage) {
        #expect(Talk(text).language == language)
    }

    @Test func `where both languages have a word, it tells none`() {
        #expect(["ok", "no", "2"].allSatisfy { Talk($0).language == nil })
    }
}

/// When a time is that somebody wrote.
struct TalkTimeTests {
    private static func start(
        _ day: String, _ hour: Int, _ minute: Int, _ zone: String
    ) throws -> Result<Date, TalkFault> {
        let time = TalkTime(day: try #require(CalendarDay(day)), minute: hour * 60 + minute, zone: nil)
        let usual = try #require(TimeZoneName(zone))
        return Result { () throws(TalkFault) in try time.start(in: usual, now: Sample.asked).time }
    }

    @Test func `it is what clocks show in the zone`() throws {
        #expect(try Self.start("2026-12-03", 15, 0, "Europe/Berlin") == .success(Sample.date("2026-12-03T14:00:00Z")))
        #expect(try Self.start("2026-12-03", 0, 0, "Asia/Tokyo") == .success(Sample.date("2026-12-02T15:00:00Z")))
    }

    @Test func `a time that clocks skip is none, and of two the first counts`() throws {
        #expect(try Self.start("2027-03-28", 2, 30, "Europe/Berlin") == .failure(.skipped))
        #expect(try Self.start("2027-03-28", 3, 0, "Europe/Berlin") == .success(Sample.date("2027-03-28T01:00:00Z")))
        #expect(try Self.start("2026-10-25", 2, 30, "Europe/Berlin") == .success(Sample.date("2026-10-25T00:30:00Z")))
    }

    @Test func `what is over is over`() throws {
        #expect(try Self.start("2026-08-31", 12, 0, "UTC") == .failure(.past))
        #expect(try Self.start("2026-09-01", 9, 0, "UTC") == .failure(.past))
    }
}

struct TalkFormTests {
    @Test(arguments: [
        ("mastodon", TalkForm.poll), ("GoToSocial", .poll), ("misskey", .poll), ("akkoma", .poll), ("lemmy", .note),
        ("mobilizon", .note), ("wordpress", .note), (nil, .note), ("never-heard-of", .note), ("gancio", .none),
        ("bookwyrm", .none), ("friendica", .events), ("hubzilla", .events),
    ] as [(String?, TalkForm)])
    func `who is spoken to how depends on their server`(_ software: String?, form: TalkForm) {
        #expect(TalkForm(software: software) == form)
    }
}
