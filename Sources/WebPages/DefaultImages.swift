import Keys
import WebServer

/// The pictures of people who have none of their own: head and shoulders, and two shades of green. Clients take their
/// name, `missing.png`, for "none".
enum DefaultImages {
    static var routes: [Route] {
        [route("/avatars/original/missing.png", avatar), route("/headers/original/missing.png", header)]
    }

    private static func route(_ path: String, _ text: String) -> Route {
        let bytes = Base64.decode(text.utf8) ?? []
        return Route(.get, path, access: .open) { _ in
            Answer(
                status: 200, fields: [("content-type", "image/png"), ("access-control-allow-origin", "*")], body: bytes
            ).publicly(seconds: 86_400)
        }
    }

    /// PNG, 192 × 192.
    private static let avatar = """
        iVBORw0KGgoAAAANSUhEUgAAAMAAAADAAgMAAAAvsoSUAAAADFBMVEXZ6+cLa10AAAAAAABoAKBHAAABOElEQVR42u2Xy43DMAxEw4NKUD8sQQ\
        dN/61kd4HN11L0ACl2As7ZD+DQAjk8nUKhUCgUCn279CPyff4F6vj3SX8qqCBSVPoHCnEAXJguclbRaE35ClTUo9E+2S3gzMKYiXwL1BWAxFzb\
        PeDzgXQPFOZ5xPV6QIJ9XQ7YI+CfB6RHoAQQwNc87wNOjSPOVrwf1q8svEXfsNhx1sBpBuclnshw5sOpEudWnoxx9ubpHt8P/EIJhUKHFh0CmQ\
        0+PPnwMKYLBe84uqeX36LrbyCJhT57BpxV9Kqm/AxUaKFvIm0BhVXUr0mCNVHAtgFnnnuu8zZQoYW2CWsBPgtILaAwz23XGJBYm6wN+BwgtYEy\
        B8htoM4BJNhXClgP8F2A1APKLkDuAXUXQIK/+niA9QEP4OVj3XquAcwEzk8hPUgh3lq9AAAAAElFTkSuQmCC
        """

    /// PNG, 480 × 160.
    private static let header = """
        iVBORw0KGgoAAAANSUhEUgAAAeAAAACgAgMAAACplVfeAAAADFBMVEXn8e7T5eAAAAAAAACNmKhxAAAA7UlEQVR42u3WwQ2DMBBEUXOgBPqhBA\
        5M/63klEhRHO+YeI0U/X9GPGyjhVKIiIiIiIiIiIiIiIa06NU+kV311j5/tc+muJsqHfmuvjR/m6ec9CrdIjfdxIPepFvk0E2SDTdFttwE2XQ9\
        eU9wLVkZriPbc67LNWR3wna6sWzO9m43lL0Je8GNZGu2X3ID2fmq6GqncdMjwW2+PuHTLVKKHF2z6seO+mpKcI0GVH1ZS/PPZdOQzsomlsbOaG\
        Afixl6964nAQYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYG/m/4AVMuDhotdAPhAAAAAElFTkSuQmCC
        """
}
