"""Keys that nobody should have, and one that everybody may share where the key does not matter."""

import base64

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from actor import pem_of

# For crowds of actors: making a key takes longer than all the rest.
SHARED = rsa.generate_private_key(65537, 2048)


def pkcs1(key):
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.PKCS1).decode()


def spki_of_numbers(exponent, modulus):
    """A public key of any numbers, as no library would make it."""

    key = der(0x30, integer(modulus) + integer(exponent))
    algorithm = der(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    return pem("PUBLIC KEY", der(0x30, algorithm + der(3, b"\0" + key)))


def der(tag, content):
    length = len(content)
    size = length.to_bytes((length.bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if length < 128 else bytes([0x80 + len(size)]) + size) + content


def integer(value):
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def pem(label, data):
    text = base64.encodebytes(data).decode().replace("\n", "")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def hostile_keys(certificate):
    """PEM texts that must not become keys, by what is wrong with them. Nothing fits them, so nothing can be signed."""
    modulus = SHARED.public_key().public_numbers().n
    return {
        "512 bits": spki_of_numbers(65537, modulus >> 1536 | 1),
        "1024 bits": pem_of(rsa.generate_private_key(65537, 1024)),
        "16384 bits": spki_of_numbers(65537, (1 << 16383) | modulus | 1),
        "a million bits": spki_of_numbers(65537, (1 << 100_000) | 1),
        "an exponent of 4096 bits": spki_of_numbers((1 << 4095) | 1, modulus),
        "an exponent of 1": spki_of_numbers(1, modulus),
        "an even modulus": spki_of_numbers(65537, modulus & ~1),
        "an elliptic curve": pem_of(ec.generate_private_key(ec.SECP256R1())),
        "a certificate": certificate,
        "1 MiB": pem("PUBLIC KEY", b"\x30" * 600_000),
        "nothing": "",
        "no PEM": "hello",
        "a private key": SHARED.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode(),
        "Ed25519 as a PEM": pem_of(ed25519.Ed25519PrivateKey.generate()),
        "a truncated key": pem("PUBLIC KEY", b"\x30\x82\x01\x22\x30\x0d"),
        "a number": 5, "a list": ["x"], "an object": {"x": 1},
    }
