import Foundation
package import Social
package import WebServer
import Wire

extension Pages {
    /// The page of a post that everybody may read. Its text was cleaned, or written by us, before it was stored.
    package func post(_ post: Post, by author: Actor) throws -> Answer {
        let content = post.content
        let pictures = content.attachments.compactMap { file in
            file.preview.map { preview in
                [
                    "url": file.url.string, "preview": preview.url.string, "width": String(preview.width),
                    "height": String(preview.height), "name": file.description ?? "",
                ]
            }
        }
        let files = content.attachments.filter { $0.preview == nil }
        let poll =
            content.poll.map { poll in poll.options.map { ["title": $0.title, "votes": String($0.votes)] } } ?? []
        return try Page.answer(
            content.title.isEmpty ? "\(author.displayName) wrote" : content.title, community: community.name,
            template: """
                <article class="sheet">
                {{#hasTitle}}<p><a href="{{page}}">{{name}}</a> <span class="handle">@{{handle}}</span></p>
                <h1>{{title}}</h1>{{/hasTitle}}
                {{^hasTitle}}<h1 class="byline"><a href="{{page}}">{{name}}</a> <span class="handle">@{{handle}}\
                </span></h1>{{/hasTitle}}
                {{#hasEvent}}<p class="quiet">{{event}}</p>{{/hasEvent}}
                {{#isHidden}}<details><summary>{{warning}}</summary>{{/isHidden}}
                {{{html}}}
                {{#hasPoll}}<dl>{{#poll}}<dt>{{title}}</dt><dd>{{votes}}</dd>{{/poll}}</dl>{{/hasPoll}}
                {{#isSensitive}}<details><summary>Sensitive pictures</summary>{{/isSensitive}}
                {{#pictures}}<p><a href="{{url}}"><img src="{{preview}}" width="{{width}}" height="{{height}}" \
                alt="{{name}}"></a></p>{{/pictures}}
                {{#isSensitive}}</details>{{/isSensitive}}
                {{#hasFiles}}<ul>{{#files}}<li><a href="{{url}}" rel="nofollow noopener noreferrer">{{name}}</a></li>\
                {{/files}}</ul>{{/hasFiles}}
                {{#isHidden}}</details>{{/isHidden}}
                <p class="quiet"><time datetime="{{machineTime}}">{{time}}</time></p>
                </article>
                """,
            values: [
                "page": (author.url ?? author.uri).string, "name": author.displayName,
                "handle": author.handle.description, "hasTitle": !content.title.isEmpty, "title": content.title,
                "hasEvent": content.event != nil, "event": content.event?.text ?? "",
                "isHidden": !content.warning.isEmpty,
                "warning": content.warning, "html": content.html, "hasPoll": !poll.isEmpty, "poll": poll,
                "isSensitive": content.isSensitive && content.warning.isEmpty && !pictures.isEmpty,
                "pictures": pictures,
                "hasFiles": !files.isEmpty,
                "files": files.map { ["url": $0.url.string, "name": $0.description ?? $0.url.string] },
                "machineTime": DateTime.format(post.publishedAt), "time": TimeZoneName.utc.text(of: post.publishedAt),
            ]
        ).publicly(seconds: 60)
    }
}
