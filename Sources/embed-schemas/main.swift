import Foundation

// embed-schemas OUTPUT FOLDER FILE… writes the files, all below the folder, into a Swift file.

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first, let folder = arguments.dropFirst().first else {
    exit(withMessage: "usage: embed-schemas OUTPUT FOLDER FILE…")
}
do {
    let files = try arguments.dropFirst(2).map { path in
        let relative = String(path.dropFirst(folder.hasSuffix("/") ? folder.count : folder.count + 1))
        return try EmbeddedFile(path: relative, bytes: Array(Data(contentsOf: URL(filePath: path))))
    }
    try Data(swiftSource(files).utf8).write(to: URL(filePath: output))
} catch {
    exit(withMessage: "\(error)")
}

func exit(withMessage message: String) -> Never {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    exit(1)
}
