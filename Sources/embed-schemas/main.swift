import Foundation

// embed-schemas FOLDER OUTPUT FILE...
// Writes a Swift source with the text of each file, by its path below the folder.

let arguments = CommandLine.arguments
guard arguments.count >= 3 else { exit(64) }
let folder = arguments[1] + "/"
var source = "/// Generated from the files of this folder.\nlet embeddedFiles: [(path: String, text: String)] = [\n"
for file in arguments.dropFirst(3) {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    var fence = "#"
    while text.contains("\"\"\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    let path = file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
    source += "    (path: \"\(path)\", text: \(fence)\"\"\"\n\(text)\n\"\"\"\(fence)),\n"
}
source += "]\n"
try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
