"""A certificate authority for one run, and certificates of every kind of health."""

import pathlib
import ssl
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from waiting import now


class Authority:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An authority of the tests")])
        self.certificate = self.signed(self.name, self.key, [], self.key, self.name, authority=True)
        self.file = self.write("authority.pem", self.certificate.public_bytes(serialization.Encoding.PEM))
        self.trust = ssl.create_default_context(cafile=self.file)

    def issue(self, file, names, age=timedelta(days=1), life=timedelta(days=30), self_signed=False):
        """Writes certificate chain and key for names; gives both paths."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
        signer = (key, subject) if self_signed else (self.key, self.name)
        certificate = self.signed(subject, key, names, *signer, age=age, life=life)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return (
            self.write(f"{file}.pem", certificate.public_bytes(serialization.Encoding.PEM)),
            self.write(f"{file}.key", secret))

    def context(self, file, names, **options):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.issue(file, names, **options))
        return context

    @staticmethod
    def signed(subject, key, names, signing_key, issuer, age=timedelta(days=1), life=timedelta(days=30),
            authority=False):
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now() - age).not_valid_after(now() - age + life)
        builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        if names:
            alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
            builder = builder.add_extension(alternatives, critical=False)
        return builder.sign(signing_key, hashes.SHA256())

    def write(self, file, data):
        path = self.folder / file
        path.write_bytes(data)
        # The server may run as another user.
        path.chmod(0o644)
        return str(path)
