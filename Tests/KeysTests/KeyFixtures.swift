/// Key material as other programs write it; no private half of it exists.
enum KeyFixtures {
    /// RSA of 2048 bits as SubjectPublicKeyInfo, written by OpenSSL’s command line tool.
    static let rsaSPKI = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtGUzbnWPpKqlG+Mcd02W
        p2vdhSQA7mf8iP50SrcJ7jt0Y0ZuSAWLN/ApjDF0VqHe0yL1wFyvZkpS92M3bVZI
        0CTLGzpZYemYLG+ESqTEIpZFpkWQH+ro1LzwoXXBmtrqmXadnp/+z8mbh8kGij8O
        kX0sGAJKgNJMckLvA6kx7pROzLbWUDm5Nn9hmce6qTNFKYdo5VjDi2z8EeU0zkaZ
        CPo4hPYxkjTSDVdlkosykxogQ9h1dubFWJDeGwjGuaUhEe+eZbthO+YghmyBAGrW
        PDGQbrCe+UwNl9+5pfLbZ40S9+i1CFehzxar17XdpgI+oDcXkl5hdZVeO9NcWnIJ
        lQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// The same key as PKCS#1.
    static let rsaPKCS1 = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAtGUzbnWPpKqlG+Mcd02Wp2vdhSQA7mf8iP50SrcJ7jt0Y0ZuSAWL
        N/ApjDF0VqHe0yL1wFyvZkpS92M3bVZI0CTLGzpZYemYLG+ESqTEIpZFpkWQH+ro
        1LzwoXXBmtrqmXadnp/+z8mbh8kGij8OkX0sGAJKgNJMckLvA6kx7pROzLbWUDm5
        Nn9hmce6qTNFKYdo5VjDi2z8EeU0zkaZCPo4hPYxkjTSDVdlkosykxogQ9h1dubF
        WJDeGwjGuaUhEe+eZbthO+YghmyBAGrWPDGQbrCe+UwNl9+5pfLbZ40S9+i1CFeh
        zxar17XdpgI+oDcXkl5hdZVeO9NcWnIJlQIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    /// What the two signatures below are made over.
    static let message = "The quick brown fox"

    /// RSASSA-PKCS1-v1_5 with SHA-256.
    static let sha256Signature =
        "Ix/EoleTTfH8v3gYMSaAxY6BMFPz8EX+cMmbIQichHZb3VdxyFFvKowMXlHYg3brKbLQJ5xbwukT"
        + "4M4u7kDuHfAe86Y/psdYrm9pTYBrOx7SYC3ErQex+Khramf0Gt4vTWbBSQCQlSuSFwCUAm88Zahk"
        + "LN32BNZBfjnXgqposre3j+UFTT6QGY/c7lg60FaAs9AlMOxb6NW8vataA4In+/qxzikqBqBSA/cB"
        + "Eyca5fmwX4v0sSZqmUHvlkzkr0nIiaQhfSqL7J9nsALBGtR3RCtgO5Rs3yiEeCnFDFs8lBIhxpQt"
        + "UH/IESVkprGPIbylx01r1dUT/aE5XwwZ1/+dKw=="

    /// RSASSA-PKCS1-v1_5 with SHA-512.
    static let sha512Signature =
        "XxHnTbCN6qcPWOW7lPwXBtcTnYsBmO19DAx+kyTL0jpaEdUYS/yIv070qdCMo+JOvWFFDfqNBCDN"
        + "tPbDKiDOn54/UwO1g2VX4YiaxT5Vzb+6cXThYtkDPRh2SbtftP22OixoOeXsTSQK3UGJXv91umrD"
        + "+U874KRiCNtQWcHFDqGkaIekmkbQYVMvOizaM70Bxpn8zxUYJ/wykyyaYqVL1+XwwvuqVxYk6zvt"
        + "AxxHA0uVf6EhhcBuQmIjYSTMRb7nvSoKv3aSYnNBVh1jVE639dzpQL3Gpj2JMBvkIMDxE5DNUmM0"
        + "WNNJGj4uQiHOj32bFqwteyFO60G0D5Ta3p/0zQ=="

    /// RSA of 512 bits.
    static let rsa512 = """
        -----BEGIN PUBLIC KEY-----
        MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALWpM1+USwNeMtG4/9BzgLQqRnMJuBlv
        bUjkQHI19WMYgtxtW6BX0IbQqGOfIhJj1/5vPLFZUs64k56jRHH8Xe0CAwEAAQ==
        -----END PUBLIC KEY-----
        """

    /// An elliptic curve key, P-256.
    static let curve = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzJCAtr2t7S2N3z7wzWVExy0mEA7f
        zYRJbkwAWE+xc6GFowGlankRszmzllWttz9NQASNtbQQt1ZzUh/EMbDcjQ==
        -----END PUBLIC KEY-----
        """

    /// The same with its curve’s parameters spelt out.
    static let explicitCurve = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABMyQgLa9re0tjd8+8M1lRMct
        JhAO382ESW5MAFhPsXOhhaMBpWp5EbM5s5ZVrbc/TUAEjbW0ELdWc1IfxDGw3I0=
        -----END PUBLIC KEY-----
        """

    /// A key that can only agree on secrets.
    static let x25519 = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VuAyEA/zsBedrga0ozzF1u+9lHBX2T6lF2usXLrByyiPjvFSE=
        -----END PUBLIC KEY-----
        """

    /// RSA restricted to PSS.
    static let pss = """
        -----BEGIN PUBLIC KEY-----
        MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBANPAbKjCcd4SsBQUtLFHjsYS
        x0a2m8ju50Tco6qC/IkM4eZpAcZGD3jWPgKFm8Txw3bS8v2QV83c53zNRIhBwpcS
        SpwMRQHi05m2v8f0t2OYZHXUujwGtvH2ogzpl4RK4KLXqKCqPYtDMi2teSdBo+De
        /Zt8+Bov9yF15R8o/9/gNJ2zw9wQtIlgJlxtMmsCnSf51U3+7jleoiMtMxfCWzQ7
        OD3yuugjsOkUr7aOGbankHeSEtCnAnJRsHzBEko+NTgI7OG+1c4+xdF6cn4lFk7H
        MDtVz8wWCQx499EDPvGKnjwGrrFzGjhC/M3Ru7efDK5NgNHFjE9Z8RitVTkHJW0C
        AwEAAQ==
        -----END PUBLIC KEY-----
        """

    /// An X.509 certificate.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIDDzCCAfegAwIBAgIUE56i36fn+7BLsc7N3s3ppzX01LcwDQYJKoZIhvcNAQEL
        BQAwFzEVMBMGA1UEAwwMcGVlci5leGFtcGxlMB4XDTI2MTEyMTA4MTIxOVoXDTI2
        MTIyMTA4MTIxOVowFzEVMBMGA1UEAwwMcGVlci5leGFtcGxlMIIBIjANBgkqhkiG
        9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtGUzbnWPpKqlG+Mcd02Wp2vdhSQA7mf8iP50
        SrcJ7jt0Y0ZuSAWLN/ApjDF0VqHe0yL1wFyvZkpS92M3bVZI0CTLGzpZYemYLG+E
        SqTEIpZFpkWQH+ro1LzwoXXBmtrqmXadnp/+z8mbh8kGij8OkX0sGAJKgNJMckLv
        A6kx7pROzLbWUDm5Nn9hmce6qTNFKYdo5VjDi2z8EeU0zkaZCPo4hPYxkjTSDVdl
        kosykxogQ9h1dubFWJDeGwjGuaUhEe+eZbthO+YghmyBAGrWPDGQbrCe+UwNl9+5
        pfLbZ40S9+i1CFehzxar17XdpgI+oDcXkl5hdZVeO9NcWnIJlQIDAQABo1MwUTAd
        BgNVHQ4EFgQU+i2Zpc4RgMSpkUtdTjqjZ4r8udgwHwYDVR0jBBgwFoAU+i2Zpc4R
        gMSpkUtdTjqjZ4r8udgwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOC
        AQEAicC/lUtnDf291Ju/qVo42nvFnW9jkf0IN2crt58Bm+2Yy7R51he/f8HYmD8C
        P3qiem8znB2cgUV45tJFTRABCsjPfrAgGqlGtpe9MUVHB/BKZfz0qzpmc5OpCEDo
        9efq1NsSWbn0oF22Ig5xENcXei4amPgXfEWNfpimVnE6XbnexUpCe+7ZMHEMm7dN
        YQ5jZ+N2mBj+RE7k58aYo+nAi5SQUoDJqhdYtrEn80FjgPzpC5Vrz+Q5TuZUs9F2
        JuKT+aemnTZ+IHLpT1E9meGu9of1YZloT7kUuSoX/+MWnv/omI1vBUed6PlHBrNp
        2+NaKuuumOEF1foq13IxbqGVTQ==
        -----END CERTIFICATE-----
        """
}
