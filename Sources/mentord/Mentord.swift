@main struct Mentord { static func main() { print("mentord") } }
