"""RSA keys of 512 bits, which the SII uses for CAFs and Python's cryptography will not generate."""

import subprocess

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


def new_key(exponent: int) -> tuple[str, RSAPrivateKey]:
    """A fresh 512-bit key with public exponent 3 or 65537: its PKCS#1 PEM and itself."""
    option = {3: "-3", 65537: "-f4"}[exponent]
    made = subprocess.run(
        ["openssl", "genrsa", "-traditional", option, "512"],
        check=True,
        capture_output=True,
        timeout=30,
    )
    pem = made.stdout.decode("ascii")
    key = load_pem_private_key(made.stdout, None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("openssl did not make an RSA key")
    return pem, key
