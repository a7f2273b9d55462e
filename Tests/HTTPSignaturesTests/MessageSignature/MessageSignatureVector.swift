import Keys
import Testing

@testable import HTTPSignatures

/// The examples of RFC 9421 sections 2 to 4 and appendix B, letter for letter.
struct MessageSignatureVector: Sendable, CustomTestStringConvertible {
    var name: String
    var request: RequestMessage
    /// A member of Signature-Input, without its label.
    var input: String
    /// None where the RFC prints none.
    var base: String?
    /// None for kinds of key that are not used here.
    var key: String?
    var scheme: SignatureScheme?
    var signature: String
    /// Whether all its components are of those that are understood.
    var isSupported = true

    var testDescription: String { name }
}

extension MessageSignatureVector {
    static let all = [
        MessageSignatureVector(
            name: "section 3.2", request: testRequest,
            input: """
                ("@method" "@authority" "@path" "content-digest" "content-length" "content-type");create\
                d=1618884473;keyid="test-key-rsa-pss"
                """,
            base: """
                "@method": POST
                "@authority": example.com
                "@path": /foo
                "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu\
                7BNNyealdVLvRwEmTHWXvJwew==:
                "content-length": 18
                "content-type": application/json
                "@signature-params": ("@method" "@authority" "@path" "content-digest" "content-length" "\
                content-type");created=1618884473;keyid="test-key-rsa-pss"
                """,
            key: rsaPSSKey, scheme: .rsaPSSSHA512,
            signature: """
                HIbjHC5rS0BYaa9v4QfD4193TORw7u9edguPh0AW3dMq9WImrlFrCGUDih47vAxi4L2YRZ3XMJc1uOKk/J0ZmZ+w\
                cta4nKIgBkKq0rM9hs3CQyxXGxHLMCy8uqK488o+9jrptQ+xFPHK7a9sRL1IXNaagCNN3ZxJsYapFj+JXbmaI5rt\
                AdSfSvzPuBCh+ARHBmWuNo1UzVVdHXrl8ePL4cccqlazIJdC4QEjrF+Sn4IxBQzTZsL9y9TP5FsZYzHvDqbInkTN\
                igBcE9cKOYNFCn4D/WM7F6TNuZO9EgtzepLWcjTymlHzK7aXq6Am6sfOrpIC49yXjj3ae6HRalVc/g==
                """),
        MessageSignatureVector(
            name: "section 2.4", request: testRequest,
            input: """
                ("@method" "@authority" "@path" "@query" "content-digest" "content-type" "content-length\
                ");created=1618884475;keyid="test-key-rsa-pss"
                """,
            key: rsaPSSKey, scheme: .rsaPSSSHA512,
            signature: """
                e8UJ5wMiRaonlth5ERtE8GIiEH7Akcr493nQ07VPNo6y3qvjdKt0fo8VHO8xXDjmtYoatGYBGJVlMfIp06eVMEyN\
                W2I4vN7XDAz7m5v1108vGzaDljrd0H8+SJ28g7bzn6h2xeL/8q+qUwahWA/JmC8aOC9iVnwbOKCc0WSrLgWQwTY6\
                VLp42Qt7jjhYT5W7/wCvfK9A1VmHH1lJXsV873Z6hpxesd50PSmO+xaNeYvDLvVdZlhtw5PCtUYzKjHqwmaQ6DEu\
                M8udRjYsoNqp2xZKcuCO1nKc0V3RjpqMZLuuyVbHDAbCzr0pg2d2VM/OC33JAU7meEjjaNz+d7LWPg==
                """),
        MessageSignatureVector(
            name: "section 4.3", request: proxyRequest,
            input: """
                ("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwar\
                ded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540
                """,
            base: """
                "@method": POST
                "@authority": origin.host.internal.example
                "@path": /foo
                "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu\
                7BNNyealdVLvRwEmTHWXvJwew==:
                "content-type": application/json
                "content-length": 18
                "forwarded": for=192.0.2.123;host=example.com;proto=https
                "@signature-params": ("@method" "@authority" "@path" "content-digest" "content-type" "co\
                ntent-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256"\
                ;expires=1618884540
                """,
            key: rsaKey, scheme: .rsaSHA256,
            signature: """
                S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniO\
                aYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8t\
                SFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/P\
                BPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==
                """),
        MessageSignatureVector(
            name: "B.2.1", request: testRequest,
            input: """
                ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"
                """,
            base: """
                "@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50\
                gnwp.yemd"
                """,
            key: rsaPSSKey, scheme: .rsaPSSSHA512,
            signature: """
                d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtR\
                xf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhz\
                x2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP\
                5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==
                """),
        MessageSignatureVector(
            name: "B.2.2", request: testRequest,
            input: """
                ("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test\
                -key-rsa-pss";tag="header-example"
                """,
            base: """
                "@authority": example.com
                "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu\
                7BNNyealdVLvRwEmTHWXvJwew==:
                "@query-param";name="Pet": dog
                "@signature-params": ("@authority" "content-digest" "@query-param";name="Pet");created=1\
                618884473;keyid="test-key-rsa-pss";tag="header-example"
                """,
            key: rsaPSSKey, scheme: .rsaPSSSHA512,
            signature: """
                LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE\
                5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17S\
                ARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY\
                3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==
                """,
            isSupported: false),
        MessageSignatureVector(
            name: "B.2.3", request: testRequest,
            input: """
                ("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content\
                -length");created=1618884473;keyid="test-key-rsa-pss"
                """,
            base: """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@query": ?param=Value&Pet=dog
                "@authority": example.com
                "content-type": application/json
                "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu\
                7BNNyealdVLvRwEmTHWXvJwew==:
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@query" "@authority" "content-type" "con\
                tent-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"
                """,
            key: rsaPSSKey, scheme: .rsaPSSSHA512,
            signature: """
                bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRp\
                RRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH\
                1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui\
                9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==
                """),
        MessageSignatureVector(
            name: "B.2.4", request: testResponse,
            input: """
                ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="t\
                est-key-ecc-p256"
                """,
            base: """
                "@status": 200
                "content-type": application/json
                "content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69\
                wWdXymyU0rjJuahq4l5aGgfLQ==:
                "content-length": 23
                "@signature-params": ("@status" "content-type" "content-digest" "content-length");create\
                d=1618884473;keyid="test-key-ecc-p256"
                """,
            signature: """
                wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==
                """,
            isSupported: false),
        MessageSignatureVector(
            name: "B.2.5", request: testRequest,
            input: """
                ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"
                """,
            base: """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@authority": example.com
                "content-type": application/json
                "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test\
                -shared-secret"
                """,
            signature: """
                pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=
                """),
        MessageSignatureVector(
            name: "B.2.6", request: testRequest,
            input: """
                ("date" "@method" "@path" "@authority" "content-type" "content-length");created=16188844\
                73;keyid="test-key-ed25519"
                """,
            base: """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-leng\
                th");created=1618884473;keyid="test-key-ed25519"
                """,
            key: ed25519Key, scheme: .ed25519,
            signature: """
                wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==
                """),
        MessageSignatureVector(
            name: "B.3", request: terminatedRequest,
            input: """
                ("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-k\
                ey-ecc-p256"
                """,
            base: """
                "@path": /foo
                "@query": ?param=Value&Pet=dog
                "@method": POST
                "@authority": service.internal.example
                "client-cert": :MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50\
                aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNa\
                MA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmck\
                C8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAW\
                gBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0R\
                AQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMje\
                SkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:
                "@signature-params": ("@path" "@query" "@method" "@authority" "client-cert");created=161\
                8884473;keyid="test-key-ecc-p256"
                """,
            signature: """
                xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==
                """),
        MessageSignatureVector(
            name: "B.4", request: transformedRequest,
            input: """
                ("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"
                """,
            base: """
                "@method": GET
                "@path": /demo
                "@authority": example.org
                "accept": application/json, */*
                "@signature-params": ("@method" "@path" "@authority" "accept");created=1618884473;keyid=\
                "test-key-ed25519"
                """,
            key: ed25519Key, scheme: .ed25519,
            signature: """
                ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==
                """),
    ]

    /// The `test-request` of appendix B.2, which sections 2 and 3 use, too.
    static let testRequest = RequestMessage(
        method: "POST", target: "/foo?param=Value&Pet=dog",
        fields: [
            HeaderField(name: "Host", value: "example.com"),
            HeaderField(name: "Date", value: "Tue, 20 Apr 2021 02:07:55 GMT"),
            HeaderField(name: "Content-Type", value: "application/json"),
            HeaderField(name: "Content-Digest", value: sha512),
            HeaderField(name: "Content-Length", value: "18"),
        ],
        body: Array(#"{"hello": "world"}"#.utf8))

    static let sha512 = """
        sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew=\
        =:
        """

    /// The `test-response` of appendix B.2 as far as it could be a request.
    static let testResponse = RequestMessage(
        method: "GET", target: "/", fields: [HeaderField(name: "Host", value: "example.com")])

    /// Section 4.3: what the proxy forwards.
    static let proxyRequest = RequestMessage(
        method: "POST", target: "/foo?param=Value&Pet=dog",
        fields: [
            HeaderField(name: "Host", value: "origin.host.internal.example"),
            HeaderField(name: "Date", value: "Tue, 20 Apr 2021 02:07:56 GMT"),
            HeaderField(name: "Content-Type", value: "application/json"),
            HeaderField(name: "Content-Length", value: "18"),
            HeaderField(name: "Forwarded", value: "for=192.0.2.123;host=example.com;proto=https"),
            HeaderField(name: "Content-Digest", value: sha512),
        ],
        body: testRequest.body)

    /// Appendix B.3.
    static let terminatedRequest = RequestMessage(
        method: "POST", target: "/foo?param=Value&Pet=dog",
        fields: [
            HeaderField(name: "Host", value: "service.internal.example"),
            HeaderField(
                name: "Client-Cert",
                value: """
                    :MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzA\
                    ZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzA\
                    JBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8v\
                    dgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDA\
                    WgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQY\
                    DVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6\
                    YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:
                    """),
        ],
        body: testRequest.body)

    /// Appendix B.4.
    static let transformedRequest = RequestMessage(
        method: "GET", target: "/demo?name1=Value1&Name2=value2",
        fields: [
            HeaderField(name: "Host", value: "example.org"),
            HeaderField(name: "Date", value: "Fri, 15 Jul 2022 14:24:55 GMT"),
            HeaderField(name: "Accept", value: "application/json"),
            HeaderField(name: "Accept", value: "*/*"),
        ])

    /// `test-key-rsa` of appendix B.1.
    static let rsaKey = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
        WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
        MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
        kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
        uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
        PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    /// `test-key-rsa-pss` of appendix B.1.
    static let rsaPSSKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
        +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
        oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
        gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
        Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
        aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
        2wIDAQAB
        -----END PUBLIC KEY-----
        """

    /// `test-key-ed25519` of appendix B.1.
    static let ed25519Key = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
        -----END PUBLIC KEY-----
        """
}
