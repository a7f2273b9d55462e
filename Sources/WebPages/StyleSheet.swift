import WebServer

/// The one style sheet: readable from 320 px up, by day and by night, without a script.
enum StyleSheet {
    static let route = Route(.get, "/style.css", access: .open) { _ in
        Answer(status: 200, fields: [("content-type", "text/css; charset=utf-8")], body: Array(text.utf8))
            .publicly(seconds: 3600)
    }

    private static let text = """
        :root {
          color-scheme: light dark;
          --ground: light-dark(#fdfcf9, #16181d);
          --sheet: light-dark(#ffffff, #1f2229);
          --ink: light-dark(#1d2430, #e9e7e1);
          --soft: light-dark(#596273, #a5acb9);
          --line: light-dark(#e2ded4, #343943);
          --accent: light-dark(#0b6b5d, #6fd3c0);
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; padding: 0 1rem 3rem; background: var(--ground); color: var(--ink);
          font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere;
        }
        header, main { max-width: 42rem; margin: 0 auto; }
        header { padding: 1rem 0; font-weight: 600; }
        a { color: var(--accent); }
        header a { text-decoration: none; }
        h1 { font-size: clamp(1.5rem, 5vw, 2rem); line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
        p { margin: .5rem 0; }
        .handle, .quiet { color: var(--soft); }
        .sheet {
          background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: clamp(1rem, 4vw, 2rem);
        }
        .bio { white-space: pre-line; }
        ul.people { list-style: none; padding: 0; margin: .25rem 0; }
        ul.tags { list-style: none; padding: 0; margin: .25rem 0; display: flex; flex-wrap: wrap; gap: .4rem; }
        ul.tags li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; font-size: .95rem; }
        dl { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .4rem 1rem; margin: .25rem 0; }
        dd { margin: 0; color: var(--soft); text-align: right; }
        code { font: .95em ui-monospace, monospace; }
        """
}
